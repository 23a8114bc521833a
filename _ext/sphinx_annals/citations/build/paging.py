"""The pages that cite a work, found by the builder that numbers them.

Up to `BARE` pages each is followed by what it cites; more stand alone, as in an index.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_annals.citations.build.nodes import ignore
from sphinx_annals.citations.style.joining import joined

BARE = 12

TYPST = r"""
#let cited-on(passages, places, bare: 12) = context {
  if query(places.first().at(0)).len() == 0 { // the first pass, which knows no page
    return [Cited on pp.~#range(calc.ceil(places.len() / 2)).map(_ => [000]).join(", ")]
  }
  let pages = ()
  let located = places.map(((target, found)) => (locate(target), found))
  for (loc, found) in located.sorted(key: place => place.first().page()) {
    if pages.len() > 0 and pages.last().loc.page() == loc.page() { pages.last().found += found }
    else { pages.push((loc: loc, found: found)) }
  }
  let shown(page) = {
    let pattern = page.loc.page-numbering()
    let pattern = if pattern == none { "1" } else { pattern }
    link(page.loc, numbering(pattern, ..counter(std.page).at(page.loc)))
  }
  let cites(page) = {
    let groups = ()
    for rank in page.found.dedup().sorted() {
      let (own, common, text) = passages.at(rank)
      if common != none and groups.len() > 0 and groups.last().common == common {
        groups.last().label = common
        groups.last().texts.push(text)
      } else { groups.push((label: own, common: common, texts: (text,))) }
    }
    groups.map(group => group.label + group.texts.join([, ])).join([; ])
  }
  let with-passages = pages.len() <= bare
  let runs = ()
  for page in pages {
    let cited = if with-passages { cites(page) }
    let follows = runs.len() > 0 and runs.last().pages.last().loc.page() + 1 == page.loc.page()
    if follows and runs.last().cited == cited { runs.last().pages.push(page) }
    else { runs.push((pages: (page,), cited: cited)) }
  }
  [Cited on #if pages.len() > 1 [pp.] else [p.]~]
  runs.map(((pages, cited)) => {
    if pages.len() > 2 { [#shown(pages.first())–#shown(pages.last())] }
    else { pages.map(shown).join([, ]) }
    if cited != none [ (#cited)]
  }).join([, ])
}
#let cited-line(body) = block(above: 0.45em, inset: (left: 1.6em), {
  set text(size: 0.87em)
  set par(hanging-indent: 0pt)
  body
})
""".strip()

# A place is left out where the one before it stands on the same page and cites the same.
LATEX = r"""
\providecommand\citedbefore{}\providecommand\citednow{}\providecommand\citedcomma{}%
\providecommand\citedpage[2]{\edef\citednow{\getpagerefnumber{#1}\detokenize{#2}}%
\ifx\citednow\citedbefore\else\citedcomma\pageref{#1}#2%
\def\citedcomma{, }\let\citedbefore\citednow\fi}%
\sphinxAtStartPar
{\small Cited on """


class cited_on(nodes.General, nodes.Element):  # noqa: N801
    """The links back from a reference by pages, on builders that have them.

    `passages` are those of the work in order, `places` document, id and the numbers of passages.
    """


def visit_typst(writer: Any, node: cited_on) -> None:
    """Let Typst find the pages, put them in order and join what they cite."""
    places = [
        f"({writer.target(docname, identity)}, ({''.join(f'{number}, ' for number in found)}))"
        for docname, identity, found in node["places"]
        if identity in writer.targets.get(docname, ())
    ]
    if not places:
        raise nodes.SkipNode
    writer.define("cited-on", TYPST)

    def content(text: str) -> str:
        return f"[{writer.render(nodes.Text(text))}]" if text else "[]"

    passages = [
        f"({content(passage.own_label)}, "
        f"{content(passage.common_label) if passage.listed else 'none'}, {content(passage.text)})"
        for passage in node["passages"]
    ]
    writer.begin_block("cited-line", node)
    writer.append(f"#cited-on(({''.join(f'{passage}, ' for passage in passages)}), "
                  f"({', '.join(places)},), bare: {BARE})")  # fmt: skip
    writer.end_block()
    raise nodes.SkipNode


def visit_latex(writer: Any, node: cited_on) -> None:
    """Write the page of each place."""
    places = node["places"]
    passages = node["passages"]
    pages = []
    for docname, identity, found in places:
        cited = joined(passages[number] for number in found) if len(places) <= BARE else ""
        label = writer.idescape(f"{docname}:{identity}")
        shown = f" ({writer.encode(cited)})" if cited else ""
        pages.append(f"\\citedpage{{{label}}}{{{shown}}}")
    word = "pp.~" if len(pages) > 1 else "p.~"
    writer.body.append(f"\n{LATEX.strip()} {word}{''.join(pages)}\\par}}\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node, made for builders with pages alone."""
    app.add_node(cited_on, typst=(visit_typst, ignore), latex=(visit_latex, ignore))
