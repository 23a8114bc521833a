"""HTML of outputs as blocks of a page."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx_annals.pdf.volume import read_html


def shown(html: str) -> list[object]:
    """Give the lines of what is read, and the cells of its tables, row by row."""

    def of(node: nodes.Node) -> object:
        if not isinstance(node, nodes.table):
            return node.astext()
        return [[cell.astext() for cell in row.children] for row in node.findall(nodes.row)]

    return [of(node) for node in read_html(html)]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p>One <b>two</b>\n three<p>four<br>five", ["One two three", "four", "five"]),
        ("<style>a</style><script>b</script>c &lt; d", ["c < d"]),
        ('<i style="display : none">a<i>b</i>c</i>d<img hidden><br hidden>e', ["d", "e"]),
        ("<video src=x><p>Your browser</video>a<noscript>b</noscript>", ["a"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<pre>\na\n  b\n</pre>c", ["a\n  b", "c"]),
        ("<pre><style>x</style><span>a</span>\nb</pre>", ["a\nb"]),
        ('<img src="x" alt="A map">', ["A map"]),
        ("a<table><tr><td>1<td>2<tr><td>3</table>b", ["a", [["1", "2"], ["3", ""]], "b"]),
        ("<table><caption>C</caption><tr><td>1</table>", ["C", [["1"]]]),
        ("<table><thead><tr><th>only</table>", [[["only"]]]),
        ("<table><tr><td>a<p>b</table>", [[["a\n\nb"]]]),
        ("<table><tr><td>x<table><tr><td>y</table>z</table>", [[["x\n\ny\n\nz"]]]),
        ("<table><tr><td></table>", []),
        ("<table><tr><td>open", [[["open"]]]),
        (f"<table><tr>{'<td>w' * 41}</table>", [", ".join("w" * 41)]),
        ("</div></table></td>a", ["a"]),
    ],
)
def test_what_is_read(html: str, blocks: list[object]) -> None:
    assert shown(html) == blocks


def test_cells_keep_to_the_room_that_they_have() -> None:
    html = (
        "<table><tr><td rowspan=9>a<td colspan=2>b<tr><td>c<td rowspan=2>d"
        "<tr><td colspan=7>e</table>"
    )
    (table,) = read_html(html)
    spans = [(e.get("morecols", 0), e.get("morerows", 0)) for e in table.findall(nodes.entry)]
    assert spans[:4] == [(0, 2), (1, 0), (0, 0), (0, 1)]
    assert spans[4] == (0, 0)
