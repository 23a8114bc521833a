"""Every node of docutils and Sphinx in one book: what the text builder says, the PDF says too."""

from __future__ import annotations

import pytest
from docutils import nodes
from harness import Built, Project
from paragraphs import is_there, letters, paragraphs
from sphinx import addnodes

EVERY = r"""
Every other node
================

.. meta::
   :description: not printed

.. highlight:: python
.. This is a comment that nobody sees.

.. attention:: Attend to this sentence.

.. caution:: Be cautious with that one.

.. danger:: There is danger in here.

.. error:: An error of some kind.

.. hint:: A hint at something else.

.. important:: It is important to read.

.. tip:: A tip for the reader.

.. seealso:: Another page of the book.

.. deprecated:: 1.2
   Deprecated since a while.

>>> doctest("of a line")
'and its answer'

The manual page :manpage:`ls(1)`, a :command:`command`, a :dfn:`term`, a
:file:`place/{name}/of`, a :menuselection:`Menu --> Choice`, :guilabel:`&Label`, :program:`program`,
:samp:`sample{text}`, :pep:`8`, :rfc:`2324`, :sub:`below` and :sup:`above`, :math:`x^2`,
:cpp:expr:`alpha + beta`, :index:`marked`, :title:`titled`, |put| and `broken <nowhere_>`_.

.. |put| replace:: substituted words

An *unclosed emphasis and a `broken_ reference_ of words.

.. acks::

   * Ann Person
   * Bea Person

.. tabularcolumns:: |l|l|

.. table:: A table with a name

   ===== ======
   cella cellb
   ===== ======
   cellc *celld*
   ===== ======

.. csv-table:: Of commas
   :header: heada, headb
   :stub-columns: 1

   stubc, bodyd

.. py:class:: place.Holder[T](first: int, second='text', *rest, **more)

   .. py:method:: call[S](value: list[int], / , other=1.5, *, key=None) -> str

      Calls the holder.

      :param int value: A value with a type.
      :param other: One without.
      :raises KeyError: where there is none
      :returns: a string of letters
      :rtype: str

.. py:function:: optional(first[, second[, third]])

   Optional parameters in brackets.

.. py:function:: literal(value: Literal['letters'])

   A parameter of one value.

.. c:function:: unsigned int reckon(char letter, const double *array)

   A function in C.

.. c:macro:: LIMIT

   A macro in C.

.. cpp:function:: template<typename Kind> bool compare(const Kind &one, char two = 'x', int n = 5)

   A template in C++.

.. cpp:class:: template<typename Kind> \
               outer::Vessel : public Base

   A class with a base.

.. js:function:: render(node[, options])

   A function in JavaScript.

.. rst:directive:: .. directive:: argument

   A directive described.

   .. rst:directive:option:: choice: value

      An option of it.

.. option:: --verbose <level>, -v

   An option of a program.

.. envvar:: SOME_VARIABLE

   A variable outside.

.. confval:: some_setting
   :type: a string
   :default: nothing

   A setting of ours.

.. describe:: anything at all

   Described by hand.

.. productionlist::
   sentence: `subject` "verb"
   subject: "noun"

.. centered:: Words in the middle

.. line-block of old

| A line of verse
|    and one further in

.. epigraph::

   A saying of some weight.

   -- Its author

.. pull-quote::

   Pulled out of the text.

.. compound::

   Compound begins here

   and ends here.

.. container:: special

   Contained sentence.

.. topic:: A topic

   What it says.

.. sidebar:: A sidebar
   :subtitle: Below its title

   What it adds.

.. parsed-literal::

   parsed *literal* of **words**

.. code-block:: python
   :caption: Captioned code
   :linenos:

   value = "in code"

.. only:: not html

   For paper alone.

.. math::
   :label: sum

   a + b = c

Equation :eq:`sum`, a note [#]_, a work [Work]_, a term :term:`vessel`, a :doc:`prose <prose>`,
a token :token:`subject`, an option :option:`--verbose`, and :numref:`the named table %s <tab>`.

.. _tab:

.. list-table:: Another table
   :widths: 1 2

   * - celle
     - cellf

.. [#] The words of the note.
.. [Work] The words of the citation.

.. glossary::

   vessel
   ship
      What floats on water.

.. rubric:: A rubric without a section

First definition : with a classifier
   Defined in words.

-s, --long=VALUE  An option in a list.

:field: Its body.

.. raw:: html

   <p>raw words of another format</p>

.. todo in comment
"""
#: Sphinx, or docutils, resolves these before any builder sees them, or keeps them from it.
RESOLVED = {
    *("pending", "pending_xref_condition", "citation_reference", "substitution_reference"),
    *(
        "system_message",
        "number_reference",
        "start_of_file",
        "Text",
        "_desc_classes_injector",
        "compact_paragraph",
    ),
    *("desc_type", "desc_sig_element"),  # bases of others
    "acronym",  # the text builder does not know it
    # the head of a document is metadata
    *("address", "author", "authors", "contact", "copyright", "date", "docinfo", "organization"),
    *("revision", "status", "version", "decoration", "header", "footer", "generated"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("every")).copy("typst-all")
    made.write({"chapters/every.rst": EVERY}).edit(
        "index.rst", "chapters/prose\n", "chapters/prose\n   chapters/every\n"
    )
    return made.configure("\ntoc_object_entries = False\n")


@pytest.fixture(scope="module")
def text(project: Project) -> Built:
    return project.build("text", warnings=None)


def test_it_has_every_node(text: Built) -> None:
    env = text.app.env
    seen = {
        type(node).__name__
        for name in env.all_docs
        for node in env.get_doctree(name).findall(nodes.Element)
    }
    known = set(nodes.node_class_names) | {
        kind.__name__
        for kind in vars(addnodes).values()
        if isinstance(kind, type)
        and issubclass(kind, nodes.Element)
        and kind.__module__ == addnodes.__name__
    }
    assert sorted(known - seen - RESOLVED) == []


def test_every_paragraph_is_printed(project: Project, text: Built) -> None:
    printed = project.build("typstpdf", warnings=None)
    found = letters(printed.print)
    wanted = [
        paragraph
        for name in text.app.env.all_docs
        for paragraph in paragraphs(text.read(f"{name}.txt"))
    ]
    assert len(wanted) > 200
    lost = [paragraph for paragraph in wanted if not is_there(paragraph, found)]
    assert lost == ["Inline  image."]  # the words of the drawing stand between
    assert [line for line in printed.warnings if "typst_pdf.typst" in line] == []
