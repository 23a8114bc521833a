"""The real language server, over standard input and output, on the book itself."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from pathlib import Path

import pytest
from editor.client import Editor
from harness import REPOSITORY

pytestmark = pytest.mark.slow
pytest.importorskip("esbonio")

CHAPTER = "chapters/03-negotiation.md"
KEPT = (
    "index.md",
    "references.bib",
    "conf.py",
    CHAPTER,
    "chapters/04-treaty.md",
    "apparatus/people.md",
    "apparatus/places.md",
    "apparatus/bibliography.md",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy a part of the book that builds in a few seconds."""
    copy = tmp_path_factory.mktemp("editor") / "book"
    for name in KEPT:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, copy / name)
    for name in ("_ext", "_static", "_templates"):
        if (REPOSITORY / name).exists():
            (copy / name).symlink_to(REPOSITORY / name)
    command = ["sphinx-build", "-b", "dummy", "-d", "_build/doctrees", ".", "_build/dummy"]
    (copy / "pyproject.toml").write_text(
        f"[tool.esbonio.sphinx]\npythonCommand = [{json.dumps(sys.executable)}]\n"
        f"buildCommand = {json.dumps(command)}\n"
    )
    return copy


def line_of(path: Path, text: str) -> int:
    """Return the number of the first line that has `text`."""
    lines = path.read_text().split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


async def check_keys(editor: Editor, book: Path) -> None:
    for line in (
        "{cite:p}`hei|",
        "{cite:p}`elleman2020treaty, hei|`",
        "{cite:t}`elleman2020treaty{pp. 244–245}, {see}hei|`",
        ":sources: fuNDrelations, hei|",
        ":::{account} hei|",
        "{footcite}`hei|`",
        ":sources: fuNDrelations{p. 3} via hei|",
        "{cite:p}`elleman2020treaty{p. 244} via hei|`",
    ):
        offered = await editor.complete(CHAPTER, line)
        item = offered.get("heinzig2004arduous")
        assert item, line
        assert item.detail
        assert "Heinzig 2004, The Soviet Union" in item.detail
        assert editor.accepted(CHAPTER, item) == line.replace("hei|", "heinzig2004arduous")
    assert not await editor.complete(CHAPTER, "{cite:p}`heinzig2004arduous{p. 3|`")
    first = line_of(book / "references.bib", "{heinzig2004arduous,")
    for line in (
        "{cite:p}`heinzig2004ar|duous{p. 364}`",
        "{cite:p}`elleman2020treaty{pp. 244–245}, heinzig2004ar|duous`",
        "{cite:p}`elleman2020treaty via heinzig2004ar|duous`",
        ":sources: elleman2020treaty, heinzig2004ar|duous{p. 3}",
    ):
        # an option counts only at the head of a directive
        head = "" if "`" in line else "```{event} X\n"
        said = await editor.hover(CHAPTER, head + line)
        assert "Arduous Road to the Alliance" in said, line
        found = await editor.definition(CHAPTER, head + line)
        assert found == [("references.bib", first)], line
        editor.type_line(CHAPTER, "```" if head else "")
    assert not await editor.hover(CHAPTER, "`heinzig2004ar|duous`")


async def check_at_keys(editor: Editor, book: Path) -> None:
    assert not await editor.complete(CHAPTER, "As [see @hei|")
    with (book / "conf.py").open("a") as conf:
        conf.write("\ncitations_at_keys = True\n")
    for line in ("As [see @hei|", "As @hei|", "As [@elleman2020treaty, p. 3; @hei|"):
        item = (await editor.complete(CHAPTER, line)).get("heinzig2004arduous")
        assert item, line
        assert editor.accepted(CHAPTER, item) == line.replace("hei|", "heinzig2004arduous")
    said = await editor.hover(CHAPTER, "As @heinzig2004ar|duous [p. 3] says")
    assert "Arduous Road to the Alliance" in said


async def check_ids(editor: Editor, book: Path) -> None:
    for line, id in (
        ("{event}`treaty-si|`", "treaty-signed"),
        ("{event}`text <treaty-si|>`", "treaty-signed"),
        ("{article}`sino-soviet-1950/|`", "sino-soviet-1950/6"),
        ("{person}`mao-z|`", "mao-zedong"),
        (":actors: stalin (host), mao-z|", "mao-zedong"),
        (":follows: treaty-si|", "treaty-signed"),
    ):
        offered = await editor.complete(CHAPTER, line)
        assert id in offered, (line, sorted(offered))
        typed = line[: line.index("|")].replace("<", " ").replace("`", " ").split()[-1]
        assert editor.accepted(CHAPTER, offered[id]) == line.replace(f"{typed}|", id)
    assert "treaty-signed" not in await editor.complete(CHAPTER, "{person}`treaty-si|`")
    said = await editor.hover(CHAPTER, "{event}`treaty-sig|ned`")
    assert "signed in the Kremlin" in said
    assert "14 February 1950" in said
    assert "Mao" in await editor.hover(CHAPTER, ":actors: stalin (host), mao-ze|dong (guest)")
    people = line_of(book / "apparatus/people.md", "{person} Mao Zedong")
    for line in ("{person}`Mao <mao-ze|dong>`", ":actors: mao-ze|dong (guest)"):
        assert await editor.definition(CHAPTER, line) == [("people.md", people)]
    article = line_of(book / "chapters/04-treaty.md", "{treaty-article} 6")
    found = await editor.definition(CHAPTER, "{article}`sino-soviet-1950/|6`")
    assert found == [("04-treaty.md", article)]


async def session(server: Path, book: Path) -> None:
    async with Editor(server, book) as editor:
        editor.open(CHAPTER)
        await editor.wait_for(editor.ready)
        editor.save(CHAPTER)  # what starts the first build
        await editor.wait_for_build(CHAPTER)
        await check_keys(editor, book)
        await check_ids(editor, book)
        await check_at_keys(editor, book)
        place = editor.type_line(CHAPTER, "\nAs {cite:p}`heinzig2004arduos` says.\n|")
        editor.save(CHAPTER)

        def unknown() -> list[str]:
            return [
                item.message
                for item in editor.diagnostics.get(editor.uri(CHAPTER), ())
                if item.range.start.line == place.line - 1
            ]

        await editor.wait_for(unknown)
        assert "did you mean 'heinzig2004arduous'?" in " ".join(unknown())


def test_a_session(book: Path) -> None:
    asyncio.run(session(REPOSITORY / "tools" / "language_server.py", book))
