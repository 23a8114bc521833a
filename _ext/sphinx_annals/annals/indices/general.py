"""Records in the general index: by name, under their treaty, and led to by their other names.

On the web the entries are those of Sphinx's index domain; on paper they are marks in the text.
LaTeX and Texinfo file their index themselves, by what an entry says: Sphinx hands them no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import _

from sphinx_annals.annals.domain import catalogue_of
from sphinx_annals.annals.model import Catalogue, Record, filed, headings, names_of
from sphinx_annals.fences.sphinx import refill_index
from sphinx_annals.interfaces import filing_forms
from sphinx_annals.text import IndexLine, arranged, filing_words, html_of, styles_of

Entry = tuple[str, str, str, str, str | None]


def entry(record: Record, catalogue: Catalogue, target: str, main: str = "") -> Entry:
    """Give the entry of a record, marked as its main one if asked."""
    return "single", "; ".join(headings(record, catalogue)), target, main, None


def entries(record: Record, catalogue: Catalogue, target: str) -> Iterator[Entry]:
    """Give the entry of a record, and those that lead to it from names that stand elsewhere."""
    yield entry(record, catalogue, target, "main")
    goal = ", ".join(headings(record, catalogue))
    words = filing_words(filed(record))
    seen = {"".join(words)}
    for name in names_of(record):
        own = filing_words(filed(record, name))
        if own[:2] == words[: len(own[:2])] or "".join(own) in seen:
            continue  # it would stand near the record
        seen.add("".join(own))
        yield "see", f"{name}; {goal}", target, "", None


def note_records(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put every record into the index domain, now that the treaties of all are known."""
    catalogue = catalogue_of(env)
    table = env.domains.index_domain.entries
    for docname in env.found_docs:
        if records := catalogue.in_document(docname).records:
            anchors = {record.anchor for record in records}
            kept = [found for found in table.get(docname, ()) if found[2] not in anchors]
            for record in records:
                kept += entries(record, catalogue, record.anchor)
            table[docname] = kept
    return []


def mark_record(node: nodes.Element, record: Record, catalogue: Catalogue) -> None:
    """Mark in the text where a record stands, for an index with pages."""
    found = list(entries(record, catalogue, f"index-{record.anchor}"))
    node.insert(0, addnodes.index(entries=found))


def mark_mention(node: nodes.Element, record: Record, catalogue: Catalogue, number: int) -> None:
    """Mark in the text where a record is mentioned, the ``number``-th time in the document."""
    found = entry(record, catalogue, f"index-{record.anchor}-{number}")
    node.parent.insert(node.parent.index(node), addnodes.index(entries=[found], inline=True))


def linked(lines: Iterable[IndexLine]) -> Iterator[IndexLine]:
    """Let cross-references to a line of the index, or to a part of it, be links."""
    lines = list(lines)
    # all that a cross-reference can name, with the first address of it
    goals = {
        _("see %s") % shown: [("", to[0][1])]
        for name, (links, below, _letter) in lines
        for shown, to in [(name, links), *((f"{name}, {sub}", to) for sub, to in below)]
        if to
    }
    for name, (links, below, letter) in lines:
        yield name, (links, [(sub, to or goals.get(sub, [])) for sub, to in below], letter)


def _arrange(app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    if page == "genindex":
        forms, catalogue = filing_forms(app.env.domains.sorted()), catalogue_of(app.env)
        every = (name for record in catalogue.records for name in headings(record, catalogue))
        styled = {str(name): Markup(html_of(name)) for name in every if styles_of(name)}
        refill_index(
            context,
            lambda lines: [
                (heading or _("Symbols"), [_styled(line, styled) for line in found])
                for heading, found in arranged(linked(lines), forms)
            ],
        )


def _styled(line: IndexLine, styled: Mapping[str, str]) -> IndexLine:
    name, (links, below, letter) = line
    below = [(styled.get(sub, sub), to) for sub, to in below]
    return styled.get(name, name), (links, below, letter)


def setup(app: Sphinx) -> None:
    """Keep the general index."""
    app.connect("env-updated", note_records)
    app.connect("html-page-context", _arrange)
