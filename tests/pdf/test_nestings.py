"""Any block stands in any other: all of them in one book each, in reStructuredText and in Markdown."""

from __future__ import annotations

from itertools import count, product
from textwrap import indent

import pytest
from harness import PDF, Project

REST = {
    "paragraph": "{}",
    "bullets": "* {}",
    "numbers": "1. {}",
    "term": "term\n   {}",
    "field": ":name: {}",
    "quote": "    {}",
    "attributed": "    {}\n\n    -- Author",
    "note": ".. note::\n\n   {}",
    "admonition": ".. admonition:: Title\n\n   {}",
    "topic": ".. container:: box\n\n   {}",
    "figure": ".. figure:: a.svg\n   :alt: A\n\n   Caption\n\n   {}",
    "table": ".. list-table::\n   :header-rows: 1\n\n   * - head\n   * - {}",
    "function": ".. py:function:: f{n}()\n\n   {}",
    "changed": ".. versionadded:: 1.0\n\n   {}",
    "glossary": ".. glossary::\n\n   word{n}\n      {}",
    "hlist": ".. hlist::\n\n   * {}",
    "option": "-o  {}",
}
REST_ENDS = {
    "lines": "| word{n}\n|   in",
    "code": "::\n\n   word{n}",
    "block": ".. code-block:: python\n   :caption: Cap\n   :linenos:\n\n   word{n} = 1",
    "math": "word{n}\n\n.. math:: a",
    "rubric": ".. rubric:: word{n}",
    "image": ".. image:: a.svg\n   :alt: A\n\nword{n}",
    "empty": "..\n\nword{n}",
    "literal": ".. parsed-literal::\n\n   *word{n}*",
    "grammar": "word{n}\n\n.. productionlist::\n   a: x",
}
MYST = {
    "bullets": "- {}",
    "numbers": "1. {}",
    "term": "term\n: {}\n: again",
    "field": ":name: {}",
    "quote": "> {}",
    "note": "::::::{{note}}\n\n{}\n::::::",
    "task": "- [ ] x\n\n  {}",
    "figure": ":::::::{{figure}} a.svg\n:alt: A\n\nCaption\n\n{}\n:::::::",
}
MYST_ENDS = {
    "paragraph": "word{n}",
    "code": "```python\nword{n} = 1\n```",
    "table": "| a | b |\n|---|---|\n| word{n} | x |",
    "rule": "word{n}\n\n---\n\nend",
    "lines": "word{n}\\\nend",
}


def inside(outer: str, inner: str, number: int) -> str:
    """Put a block into another, at the column of its place; quotations of Markdown mark each line."""
    before, _, after = outer.format("\x00", n=number).partition("\x00")
    first, _, rest = inner.partition("\n")
    start = before.rpartition("\n")[2]
    margin = start if start.startswith(">") else " " * len(start)
    return before + first + ("\n" + indent(rest, margin) if rest else "") + after


def nestings(blocks: dict[str, str], ends: dict[str, str]) -> list[str]:
    """Give each end in each block, and each block in each, with its number as its word."""
    numbers = count()
    pairs = [
        inside(outer, end.format(n=number), number)
        for (outer, end), number in zip(
            product(blocks.values(), ends.values()), numbers, strict=False
        )
    ]
    word = "word{n}"
    triples = [
        inside(outer, inside(middle, word.format(n=number), number), number)
        for (outer, middle), number in zip(
            product(blocks.values(), blocks.values()), numbers, strict=False
        )
    ]
    return pairs + triples


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "blocks", "ends", "between"),
    [("index.rst", REST, REST_ENDS, "\n\n..\n\n"), ("index.md", MYST, MYST_ENDS, "\n\n%\n\n")],
)
def test_every_block_in_every_block_is_printed(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    blocks: dict[str, str],
    ends: dict[str, str],
    between: str,
) -> None:
    found = nestings(blocks, ends)
    heading = "T\n=\n\n" if name.endswith("rst") else "# T\n\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    project = Project(tmp_path_factory.mktemp("nestings"), PDF)
    (project.root / "index.rst").unlink(missing_ok=True)
    project.write({name: heading + between.join(found) + "\n", "a.svg": svg}).configure(
        "extensions.append('myst_parser')\n"
        "myst_enable_extensions = ['colon_fence', 'deflist', 'fieldlist', 'tasklist']\n"
        "typst_index = False\nkeep_warnings = True\n"
    )
    result = project.build("typstpdf", warnings=None)
    source = result.read("book.typ")
    assert [n for n in range(len(found)) if f"word{n}" not in source] == []
    printed = set(result.print.replace(".", " ").split())
    lost = [n for n in range(len(found)) if f"word{n}" not in printed]
    assert [found[n] for n in lost] == []
    serious = "typst_pdf.typst", "typst_pdf.unknown_node"
    assert [line for line in result.warnings if any(kind in line for kind in serious)] == []
