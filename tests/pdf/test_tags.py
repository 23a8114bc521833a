"""Tags: what a screen reader is told of each kind of block."""

from __future__ import annotations

from collections import Counter

import pytest
from harness import PDF, Built, Project
from structure import Structure
from tags import tags

RST = r"""
Book
====

One
---

:Kind: treaty
:Status: in force

   and more
:Parties:
   - one
   - other

.. glossary::

   term
     What it means.

     At length.

term of one line
   Meaning.

.. list-table::
   :stub-columns: 1
   :header-rows: 1

   * - Head
     - other
   * - row
     - **strong**
   * - Row
     - cell

.. rubric:: Line

.. versionadded:: 2.0

.. epigraph::

   Words.

   -- Somebody

.. py:function:: bare()

Term [#a]_\ [#b]_

.. [#a] One.
.. [#b] Two.
"""


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Project(tmp_path_factory.mktemp("tags"), PDF).write({"index.rst": RST}).build("typstpdf")


def test_lines_stand_in_blocks(tagged: Built) -> None:
    assert Structure(tagged.find("*.pdf")).faults() == []


def test_fields_glossaries_and_definitions_are_lists(tagged: Built) -> None:
    found = Counter(tag.kind for tag in tags(tagged.pdf))
    assert found["/L"] == 4
    assert found["/LI"] == found["/LBody"] == 7


def test_what_has_no_body_leaves_no_room_for_one(tagged: Built) -> None:
    assert "#signature[" in tagged.read("*.typ")
    assert "#description-body[" not in tagged.read("*.typ")


def test_stubs_are_heads_of_their_rows(tagged: Built) -> None:
    cells = [tag for tag in tags(tagged.pdf) if tag.above == "/TR"]
    assert [tag.kind for tag in cells] == ["/TH", "/TH", "/TH", "/TD", "/TH", "/TD"]
    scopes = [str(tag.element["/A"].get_object()) for tag in cells if tag.kind == "/TH"]
    assert ["/Row" in scope for scope in scopes] == [False, False, True, True]


def test_it_opens_with_its_bookmarks(tagged: Built) -> None:
    assert tagged.pdf.trailer["/Root"]["/PageMode"] == "/UseOutlines"


def test_marks_of_neighbouring_notes_are_apart(tagged: Built) -> None:
    assert "Term1,2" in tagged.print.replace("Term ", "Term")


def test_a_note_and_its_mark_are_labels_that_lead_to_each_other(tagged: Built) -> None:
    labels = [tag.above for tag in tags(tagged.pdf) if tag.kind == "/Lbl" and tag.above != "/LI"]
    assert labels == ["/P", "/Note"] * 2
    links = [a.get_object() for page in tagged.pdf.pages for a in page.get("/Annots", [])]
    one, two, first, second = (link for link in links if link["/Contents"] in {"1", "2"})
    for mark, note in ((one, first), (two, second)):
        assert mark["/Dest"][3] == note["/Rect"][3]
        assert note["/Dest"][3] == mark["/Rect"][3]
