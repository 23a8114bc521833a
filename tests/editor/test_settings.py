"""What editors are given: snippets that follow the directives, and settings that can be read."""

from __future__ import annotations

import json
import re

import pytest
from harness import REPOSITORY
from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.views import VIEWS, directive_of
from support import load

ALL = DIRECTIVES | {view.name: directive_of(view) for view in VIEWS}


def test_the_snippets_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    made = load(REPOSITORY / "tools/make_snippets.py")
    assert made.main(["--check"]) == 0, capsys.readouterr().out


def filled_in(body: list[str]) -> str:
    """Return a snippet as it stands when every placeholder is left as it is."""
    text = "\n".join(body).replace("$0", "")
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:\\.|[^}])*)\}", r"\1", text)
    return re.sub(r"\\([$}\\])", r"\1", text)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_directive_has_a_snippet(name: str) -> None:
    found = json.loads((REPOSITORY / ".vscode" / "annotations.code-snippets").read_text())
    short = filled_in(found[name]["body"])
    full = filled_in(found.get(f"{name}, all options", found[name])["body"])
    options = list(getattr(ALL[name], "declared", {}))
    assert re.findall(r"^:([\w-]+):", full, re.MULTILINE) == options
    for text in (short, full):
        lines = text.split("\n")
        assert re.fullmatch(rf"([`:]{{3,}})\{{{name}\}}(?: \S.*)?", lines[0]), lines[0]
        assert lines[-1] == re.match(r"[`:]+", lines[0])[0]  # type: ignore[index]
        assert "$" not in text


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_settings_are_plain_json(name: str) -> None:
    assert json.loads((REPOSITORY / ".vscode" / name).read_text())


def test_the_server_that_the_settings_start_exists() -> None:
    settings = json.loads((REPOSITORY / ".vscode" / "settings.json").read_text())
    (script,) = settings["esbonio.server.launchArgs"]
    assert (REPOSITORY / script).is_file()
