"""Mentions: by prose and by taking part, in the order in which a reader comes to them."""

from __future__ import annotations

import pytest

ENTRIES = "# Register\n\n:::{person} Zhou\n:id: zhou\nText.\n:::\n:::{place} Moscow\n:id: moscow\nText.\n:::\n"
TALKS = "# Talks\n\n## January\n\n:::{event} Talks\n:id: talks\n:place: moscow\n:actors: zhou\nText.\n:::\n"
PROSE = "# Before\n\n## December\n\n{person}`zhou` waits.\n"


@pytest.mark.parametrize(
    ("contents", "sections"),
    [
        ("z-before\na-talks\nregister", ["December", "January"]),
        ("a-talks\nz-before\nregister", ["January", "December"]),
    ],
)
def test_those_who_take_part_are_mentioned_in_the_order_of_the_book(project, contents, sections):
    built = project.write(
        {
            "index.md": f"# Index\n\n```{{toctree}}\n{contents}\n```\n",
            "register.md": ENTRIES,
            "a-talks.md": TALKS,
            "z-before.md": PROSE,
        }
    ).build()
    page = built.soup("register.html")
    assert [a.text for a in page.select("#zhou .annals-closing a")] == sections
    assert [a.text for a in page.select("#moscow .annals-closing a")] == ["January"]


def test_a_new_order_of_chapters_reaches_pages_that_did_not_change(project):
    contents = "# Index\n\n```{{toctree}}\n{}\n```\n"
    pages = {"register.md": ENTRIES, "a-talks.md": TALKS, "z-before.md": PROSE}
    project.write({"index.md": contents.format("z-before\na-talks\nregister"), **pages}).build()
    built = project.write(contents.format("a-talks\nz-before\nregister")).build()
    page = built.soup("register.html")
    assert [a.text for a in page.select("#zhou .annals-closing a")] == ["January", "December"]


def test_relations_follow_a_new_order_of_chapters(project):
    contents = "# Index\n\n```{{toctree}}\n{}\n```\n"
    event = "# {0}\n\n:::{{event}} {0}\n:id: {1}\n{2}\nText.\n:::\n"
    pages = {"whole.md": event.format("Whole", "whole", "")}
    pages |= {
        f"{id}.md": event.format(id.title(), id, ":part-of: whole\n") for id in ("one", "two")
    }
    project.write({"index.md": contents.format("one\ntwo\nwhole"), **pages}).build()
    built = project.write(contents.format("two\none\nwhole")).build()
    page = built.soup("whole.html")
    assert "Comprises:Two; One" in page.select_one("#whole .annals-closing").text.replace("\n", "")


@pytest.mark.parametrize("builder", ["latex", "texinfo"])
def test_a_mention_outside_the_book_is_named_where_nothing_can_be_linked(project, builder):
    stray = "---\norphan: true\n---\n# Stray sheet\n\n{person}`zhou`\n"
    contents = "# Index\n\n```{toctree}\nregister\n```\n"
    built = project.write({"index.md": contents, "register.md": ENTRIES, "stray.md": stray}).build(
        builder
    )
    (written,) = [*built.outdir.glob("*.tex"), *built.outdir.glob("*.texi")]
    assert "Stray sheet" in written.read_text()


PERSON = ":::{person} Zhou\n:id: zhou\nText.\n:::\n"
BOOK = {
    "index.md": "# Index\n\n```{toctree}\na\nb\nc\n```\n",
    "a.md": f"# A\n\n{PERSON}\n",
    "b.md": "# B\n\nSee [](#zhou), {any}`zhou` and [him](#zhou).\n\n:::{place} Moscow\n:id: moscow\n\nText.\n:::\n",
    "c.md": "# C\n\n:::{account} heinzig2004arduous\n:of: moscow\n:property: name\n:value: Moskva\n:::\n\n:::{verdict} name\n:of: moscow\n\nAs [](#zhou) says.\n:::\n",
}


def test_links_by_id_and_any_are_mentions(project):
    page = project.write(BOOK).build().soup("a.html")
    assert [a.text for a in page.select("#zhou .annals-closing a")] == ["B", "C"]


@pytest.mark.parametrize(
    "edits",
    [
        [("a.md", "{person} Zhou", "{person} Zhou Enlai")],
        [("a.md", PERSON, ""), ("b.md", "Text.\n:::\n", f"Text.\n:::\n\n{PERSON}")],
        [("a.md", PERSON, "")],
        [("a.md", "{person} Zhou", "{organisation} Zhou")],
    ],
    ids=["another title", "another page", "gone", "another kind"],
)
def test_what_links_by_id_is_fresh(project, edits):
    project.write(BOOK).build()
    for name, old, new in edits:
        project.edit(name, old, new)
    incremental, clean = (project.build(out=out, warnings=None) for out in ("out", "clean"))
    assert incremental.files(".html", ".json", ".csv") == clean.files(".html", ".json", ".csv")
    assert {w for w in clean.warnings if "zhou" in w} == {
        w for w in incremental.warnings if "zhou" in w
    }
