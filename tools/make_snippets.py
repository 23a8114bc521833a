"""Write the editor's snippets from what the directives themselves declare.

    python tools/make_snippets.py           write them, for this book and for one's own
    python tools/make_snippets.py --check   exit with 1 if a file is not current

Each directive of `annals` gives one snippet with the options that an author fills in most often
and one with all of them; the placeholders are made of the options' help. Citing roles follow.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "_ext/sphinx_annals/cli/template/common"
TARGETS = [folder / ".vscode" / "annotations.code-snippets" for folder in (ROOT, TEMPLATE)]
SCOPE = "markdown,restructuredtext"
USUAL: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("treaty", "person", "organisation", "place"), ("names",)),
    "account": ("property", "value", "quote"),
    "timeline": ("from", "to"),
    "event-list": ("from", "to"),
    "event-table": ("from", "to"),
    "treaty-table": ("treaty",),
}
"""What is usual beside the fields that say it of themselves."""
ARGUMENTS: Mapping[str, str] = {
    "event": "What happened",
    "treaty": "Title of the treaty",
    "treaty-article": "Number",
    "text": "zh-Hans",
    "person": "Name",
    "organisation": "Name",
    "place": "Name",
    "account": "key{p. 1}",
    "verdict": "property",
}
BODIES: Mapping[str, str] = {
    "text": "The wording of the provision.",
    "account": "",
    "verdict": "Why the editors leave it open, or which account they prefer.",
}
# A fence has one mark more than those that stand inside it.
FENCES: Mapping[str, str] = {
    "treaty": "``````",
    "treaty-article": "`````",
    "event": "````",
    "person": "````",
    "organisation": "````",
    "place": "````",
    "text": ":::",
    "account": ":::",
    "verdict": ":::",
}
ROLES: Mapping[str, tuple[str, str, str]] = {
    "cite": ("cp", "{cite:p}`${1:key}{${2:p. 1}}`$0", "Cite in parentheses, with a locator"),
    "cite in the text": ("ct", "{cite:t}`${1:key}`$0", "Cite with the author in the sentence"),
    "cite several": (
        "cps",
        "{cite:p}`${1:key}{${2:p. 1}}, ${3:other}{${4:ch. 2}}`$0",
        "Cite several works, each with its locator",
    ),
    "date": ("date", "{date}`${1:1950-02-14}`$0", "A date, as EDTF"),
}


def snippets() -> dict[str, dict[str, Any]]:
    """Return all snippets by name, as VS Code reads them."""
    sys.path.insert(0, str(ROOT / "_ext"))
    from sphinx_annals.annals.directives import DIRECTIVES
    from sphinx_annals.annals.views import VIEWS, directive_of

    found: dict[str, dict[str, Any]] = {}
    for name, directive in (DIRECTIVES | {view.name: directive_of(view) for view in VIEWS}).items():
        help_of = {option: declared.help for option, declared in _declared(directive).items()}
        usual = [
            option
            for option, declared in _declared(directive).items()
            if declared.usual or option in USUAL.get(name, ())
        ]
        about = " ".join((directive.__doc__ or name).split())
        found[name] = _snippet(name, usual, help_of, about, name)
        if len(help_of) > len(usual):
            found[f"{name}, all options"] = _snippet(
                name, list(help_of), help_of, f"{about} With all options.", f"{name}-all"
            )
    for name, (prefix, body, about) in ROLES.items():
        found[name] = {"scope": SCOPE, "prefix": prefix, "body": [body], "description": about}
    return found


def _declared(directive: Any) -> Mapping[str, Any]:
    return getattr(directive, "declared", {})


def _snippet(
    name: str, options: Sequence[str], help_of: Mapping[str, str], about: str, prefix: str
) -> dict[str, Any]:
    return {
        "scope": "markdown",
        "prefix": prefix,
        "body": list(_body(name, options, help_of)),
        "description": about,
    }


def _body(name: str, options: Sequence[str], help_of: Mapping[str, str]) -> Iterator[str]:
    fence = FENCES.get(name, "```")
    place = iter(range(1, 100))
    argument = ARGUMENTS.get(name)
    yield f"{fence}{{{name}}}" + (f" ${{{next(place)}:{_escaped(argument)}}}" if argument else "")
    for option in options:
        yield f":{option}: {_placeholder(next(place), help_of[option])}"
    body = BODIES.get(name, "What is known." if name in ARGUMENTS else "")
    if body:
        yield ""
        yield f"${{{next(place)}:{body}}}"
    yield f"{fence}$0"


def _placeholder(number: int, help: str) -> str:
    """Turn an option's help into a choice, an example, or what to write there."""
    choices = re.fullmatch(r"((?:[\w-]+, )*[\w-]+) or ([\w-]+)", help)
    if choices:
        return f"${{{number}|{','.join([*choices[1].split(', '), choices[2]])}|}}"
    what, _, example = help.partition(": ")
    first = example if re.match(r"[\d.]+, [\d.]+", example) else re.split(r"[,;] ", example)[0]
    shown = first or what.removeprefix("write ")
    return f"${{{number}:{_escaped(shown)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def text() -> str:
    """Return the content of the file."""
    return json.dumps(snippets(), ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the files, or tell which are not current."""
    wanted = text()
    stale = [p for p in TARGETS if not p.is_file() or p.read_text("utf-8") != wanted]
    for path in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is not current; run tools/make_snippets.py")
        else:
            path.write_text(wanted, "utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
