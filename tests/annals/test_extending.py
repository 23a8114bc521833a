"""A check and a format of another extension: one file and one registration each."""

from __future__ import annotations

import re
import sys

import pytest
from harness import Project
from sphinx.errors import ExtensionError

PLACELESS = '''
from sphinx_annals.annals.checks import Severity, add_check, check
from sphinx_annals.annals.model import Event

@check("no-place", Severity.ERROR)
def no_place(book):
    """An event has no place."""
    for event in book.catalogue.of_type(Event):
        if not event.place:
            yield event, "no place; add :place:"

def setup(app):
    app.setup_extension("sphinx_annals.annals")
    add_check(app, no_place)
    return {"parallel_read_safe": True}
'''
TSV = """
from sphinx_annals.annals.export import Download, Format, add_format
from sphinx_annals.annals.model import Event

def make(book):
    events = book.catalogue.of_type(Event)
    return {"events.tsv": "".join(f"{e.id}\\t{e.title}\\n" for e in events).encode()}

def downloads(publication):
    events = publication.catalogue.of_type(Event)
    return [Download("events.tsv", len(events), ("{count} event", "{count} events"))]

def setup(app):
    app.setup_extension("sphinx_annals.annals")
    add_format(app, Format("tsv", "TSV", "The events, for a shell.", make, downloads))
    return {"parallel_read_safe": True}
"""
PAGE = """# Page

:::{event} Signed
:id: signed
:sources: heinzig2004arduous

Text, and {event}`signed`.
:::

```{data-downloads}
:formats: json, tsv, ics
```
"""


@pytest.fixture
def mine(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with an extension beside its pages."""
    monkeypatch.syspath_prepend(str(project.root))
    return project.configure("extensions.append('mine')\n")


def test_a_check_is_one_file_and_one_registration(mine: Project) -> None:
    mine.write({"mine.py": PLACELESS, "index.md": PAGE.replace("tsv, ", "")})
    built = mine.build("annals-check")
    (found,) = built.json("findings.json")["findings"]
    assert found == {
        "code": "no-place",
        "severity": "error",
        "object": "signed",
        "file": "index.md",
        "line": 3,
        "message": "signed: no place; add :place:",
        "acknowledged": None,
    }
    assert "error: no-place (1)\n  An event has no place.\n" in built.read("findings.txt")
    assert built.statuscode == 1
    known = mine.edit("index.md", ":id:", ":acknowledge: no-place (anywhere)\n:id:")
    assert known.build("annals-check").statuscode == 0


def test_a_format_is_one_file_and_one_registration(mine: Project) -> None:
    mine.write({"mine.py": TSV, "index.md": PAGE})
    made = b"signed\tSigned\n"
    assert mine.build("annals").files()["events.tsv"] == made
    html = mine.build()
    assert html.files()["data/events.tsv"] == made
    listed = [item.get_text() for item in html.soup().select("ul.annals-downloads li")]
    assert listed[1] == "TSV: events.tsv (1 event). The events, for a shell."
    assert html.soup().select_one("ul.annals-downloads a[href='data/events.tsv']")


def test_without_a_library_a_format_is_left_out_without_a_warning(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    project.write(PAGE.replace(":formats: json, tsv, ics\n", ""))
    html = project.build()
    needed = "iCalendar needs icalendar; run: pip install 'sphinx-annals[exports]'"
    assert f"left out of data/: {needed}" in html.status
    assert "data/annals.json" in html.files()
    assert "data/events.ics" not in html.files()
    assert "JSON" in html.read()
    assert "iCalendar" not in html.read()
    with pytest.raises(ExtensionError, match=re.escape(needed)):
        project.build("annals")


def test_a_format_asked_for_by_name_that_cannot_be_made_costs_a_warning(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    line = PAGE[: PAGE.index("```{data-downloads}")].count("\n") + 1
    said = (
        f"index.md:{line}: WARNING: data-downloads: :formats: ics is left out: iCalendar needs icalendar; run: "
        "pip install 'sphinx-annals[exports]' [annals.export]"
    )
    html = project.write(PAGE.replace("tsv, ", "")).build(warnings=[said])
    assert "events.ics" not in html.read()
    assert project.build(fresh=True, suppress_warnings=["annals.export"]).files()
