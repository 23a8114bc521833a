"""What we touch of esbonio without its leave is still there."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import sphinx.application
from sphinx.domains import Domain, ObjType
from sphinx_annals.fences import esbonio as fences
from support import fence

pytest.importorskip("esbonio")
pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")


class Deeds(Domain):
    name = "deeds"
    object_types = {"deed": ObjType("deed", "deed", "act")}  # noqa: RUF012
    roles = {"deed": lambda *_: ([], []), "act": lambda *_: ([], [])}  # noqa: RUF012


@pytest.fixture(autouse=True)
def unchanged(monkeypatch) -> None:
    """Undo what importing its agent does: every application of Sphinx would be its own."""
    extensions = sphinx.application.builtin_extensions
    monkeypatch.setattr(sphinx.application, "builtin_extensions", extensions)


@pytest.fixture
def agent(tmp_path: Path):
    """What esbonio gives the application of a build, with an object and one of another project."""
    from esbonio.sphinx_agent.app import Esbonio
    from esbonio.sphinx_agent.handlers.domains import OBJECTS_TABLE

    made = Esbonio(tmp_path / "esbonio.db", SimpleNamespace())
    made.db.ensure_table(OBJECTS_TABLE)
    row = ("signing", "Signing", "deeds", "deed", "index", None, None, None)
    made.db.insert_values(OBJECTS_TABLE, [row, (*row[:5], "elsewhere", "theirs", None)])
    return made


def answer(folder: Path, ask):
    """Ask something of the project whose builds have written the database."""
    from esbonio.server.features.project_manager.project import Project

    async def run():
        project = Project(folder / "esbonio.db", None)
        found = await ask(project)
        await project.close()
        return found

    return asyncio.run(run())


def test_objects_are_described_and_found(tmp_path: Path, agent) -> None:
    source = tmp_path / "a b.md"
    place = fences.location(source, 3)
    described = fences.Known("signing", "Signing", "deed", "**Signing**", place)
    with fence(fences.describe_objects):
        fences.describe_objects(SimpleNamespace(esbonio=agent), "deeds", [described])
        rows = agent.db.db.execute("SELECT project, description FROM objects").fetchall()
        assert rows == [(None, "**Signing**"), ("elsewhere", "theirs")]

    async def ask(project):
        questions = (), (("deed",), "signing"), (("other",),), ((), "none")
        return [await fences.objects(project, "deeds", *question) for question in questions]

    with fence(fences.objects):
        every, one, *none = answer(tmp_path, ask)
        assert every == one
        assert none == [[], []]
        point = {"line": 2, "character": 0}
        place = {"uri": source.as_uri(), "range": {"start": point, "end": point}}
        assert json.loads(one[0].place or "") == place
        assert (one[0].id, one[0].title, one[0].kind) == ("signing", "Signing", "deed")


def test_what_a_build_notes_is_read_by_the_server(tmp_path: Path, agent) -> None:
    async def ask(project):
        return [await fences.noted(project, "ours", name) for name in ("a", "b")]

    with fence(fences.noted):
        assert answer(tmp_path, ask) == [None, None]
    with fence(fences.note):
        for value in (["person"], []):
            fences.note(SimpleNamespace(esbonio=agent), "ours", {"a": value})
            assert answer(tmp_path, ask) == [value, None]


def test_short_names_of_roles_are_offered_objects(agent) -> None:
    with fence(fences.offer_roles):
        domain = Deeds(SimpleNamespace(domaindata={}))
        fences.offer_roles(SimpleNamespace(esbonio=agent), domain)
        roles = {name: providers for name, _, providers in agent._roles}
        assert {"deed", "act"} <= roles.keys()
        assert roles["act"][0].kwargs["obj_types"] == ["deeds:deed"]


def test_the_application_of_a_build_is_known_by_its_agent() -> None:
    from esbonio.sphinx_agent import app

    with fence(fences.runs):
        assert "self.esbonio = " in Path(app.__file__).read_text()
        assert not fences.runs(SimpleNamespace())


def test_our_function_finishes_targets() -> None:
    from esbonio.server.features.roles import completion

    def ours(_context, item):
        return item

    saved = dict(completion._ROLE_TARGET_RENDERERS)
    try:
        with fence(fences.render_targets):
            fences.render_targets(ours)
            found = {
                completion.get_role_target_renderer(language, behaviour)
                for language in fences.LANGUAGES
                for behaviour in ("insert", "replace")
            }
            assert found == {ours}
    finally:
        completion._ROLE_TARGET_RENDERERS.update(saved)


def test_items_say_what_they_are_and_replace_a_word() -> None:
    from esbonio.server.features.roles import completion
    from lsprotocol import types

    with fence(fences.as_role_target):
        theirs = completion._render_role_target_common(types.CompletionItem("a"))
        assert fences.as_role_target(types.CompletionItem("a")).data == theirs.data
    with fence(fences.replacing_word):
        context = SimpleNamespace(
            doc=SimpleNamespace(lines=["{cite}`see{p. 3}, hei-2"]),
            position=types.Position(0, 23),
            match=re.match("", ""),
        )
        item = fences.replacing_word(context, types.CompletionItem("heinzig"))
        assert (item.text_edit.range.start.character, item.text_edit.new_text) == (18, "heinzig")
