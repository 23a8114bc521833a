"""The links back from a reference to the places that cite it, with what they cite.

A builder with pages names those, as an index does; others name the sections and annotations.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import traverse_parent

from sphinx_annals.builders import escaped, href_of, link, printed, prints
from sphinx_annals.citations.build.domain import CitationsDomain
from sphinx_annals.citations.build.nodes import citation_group
from sphinx_annals.citations.build.writing import Cited
from sphinx_annals.citations.style import Passage, by_label, in_order, joined, passages
from sphinx_annals.fences.sphinx import curly, titles_of_sections
from sphinx_annals.language import Language, message, messages
from sphinx_annals.walking import each

BARE = 12
"""Up to so many pages each is followed by what it cites; more stand alone, as in an index."""
TYPST = Path(__file__).with_name("cited-on.typ").read_text(encoding="utf-8").strip()
# A place is left out where the one before it stands on the same page and cites the same.
LATEX = r"""
\providecommand\citedbefore{}\providecommand\citednow{}\providecommand\citedcomma{}%
\providecommand\citedpage[2]{\edef\citednow{\getpagerefnumber{#1}\detokenize{#2}}%
\ifx\citednow\citedbefore\else\citedcomma\pageref{#1}#2%
\def\citedcomma{, }\let\citedbefore\citednow\fi}%
\sphinxAtStartPar
{\small """

# What is said of a work that is cited, and of one that is cited via another.
_PLACES = message("Cited in: {places}"), message("Cited via {work} in: {places}")
_COUNT = (
    messages("Cited in {count} place", "Cited in {count} places"),
    messages("Cited via {work} in {count} place", "Cited via {work} in {count} places"),
)
_PAGE = (
    message("Cited on p.\N{NO-BREAK SPACE}{pages}"),
    message("Cited via {work} on p.\N{NO-BREAK SPACE}{pages}"),
)
_PAGES = (
    message("Cited on pp.\N{NO-BREAK SPACE}{pages}"),
    message("Cited via {work} on pp.\N{NO-BREAK SPACE}{pages}"),
)

Linked = tuple[str, str, dict[str, str]]
"""What stands before a passage, the passage, and what leads to the place that cites it."""


class cited_on(nodes.General, nodes.Element):  # noqa: N801
    """The links back by pages, made for builders that can name those.

    ``passages`` are those of the work in order, ``places`` document, id and the numbers of
    passages; ``one`` and ``several`` say of so many ``{pages}`` how they cite it.
    """


class LinksBack:
    """Makes the links back of all references of one document."""

    def __init__(self, domain: CitationsDomain, docname: str) -> None:
        self.docname = docname
        self.writer, builder, config = domain.writer, domain.builder, domain.env.config
        titles = domain.env.titles
        self.title = cache(lambda docname: titles[docname].astext())
        self.sections = cache(partial(titles_of_sections, domain.env))
        self.objects = domain.object_names()
        self.language = self.writer.options.language
        labels = config.citations_page_labels
        self.passages = partial(passages, page_labels=labels, language=self.language)
        paged = builder.name in config.citations_paged_builders
        self.paged = paged and builder.format in ("latex", "typst")
        self.prints = prints(builder)
        self.fold = config.citations_cited_in_fold if builder.name != "epub" else 0

    def made(self, cited: Iterable[Cited]) -> list[nodes.Element]:
        """Give a node for the places that cite a work, and one for each that it is cited via."""
        grouped: dict[str, list[Cited]] = {"": []}
        for place in cited:
            grouped.setdefault(place.via, []).append(place)
        return [
            self._made(places, self.writer.brief(via) if via else "")
            for via, places in grouped.items()
            if places
        ]

    def _made(self, cited: list[Cited], via: str) -> nodes.Element:
        if self.paged:
            return self._pages(cited, via)
        groups = self._groups(cited)
        before, _, after = _said(_PLACES, via, self.language).partition("{places}")
        if self.prints:
            links = "".join(map(_printed, self._line(groups)))
            line = f'<p class="cited-in">{escaped(before)}{links}{escaped(after)}</p>\n'
            if 0 < self.fold < len(groups):
                said = self.language.ngettext(*_COUNT[bool(via)], len(groups), work=via)
                line = f"<summary>{escaped(said)}</summary><p>{links}</p>"
                line = f'<details class="cited-in">{line}</details>\n'
            return printed("", html=line)  # without a text: a search is to find who cites
        made = nodes.paragraph("", before, classes=["cited-in"])
        for lead, text, address in self._line(groups):
            link = nodes.reference("", text, internal=True, **address)
            made += [nodes.Text(lead), link if address else nodes.Text(text)]
        made += nodes.Text(after)
        return made

    # By pages

    def _pages(self, cited: list[Cited], via: str) -> nodes.Element:
        places: dict[tuple[str, str], list[Passage]] = {}
        for place in cited:
            here = places.setdefault((place.docname, place.use.id), [])
            here += self.passages(place.locator)
        every = in_order(passage for found in places.values() for passage in found)
        shown = [passage._replace(text=curly(passage.text)) for passage in every]
        # by rank, since Typst joins passages of a page and knows nothing of how they are ordered
        rank = {passage: number for number, passage in enumerate(every)}
        ranked = [(*where, sorted({rank[p] for p in found})) for where, found in places.items()]
        one, several = (_said(phrases, via, self.language) for phrases in (_PAGE, _PAGES))
        return cited_on("", passages=shown, places=ranked, one=one, several=several)

    # By sections and annotations

    def _groups(self, cited: list[Cited]) -> list[tuple[str, list[Cited]]]:
        grouped: dict[tuple[str, str], list[Cited]] = {}
        for where in cited:
            names = (self.objects.get((where.docname, anchor)) for anchor in where.use.around)
            named = next(filter(None, names), self.sections(where.docname).get(where.use.section))
            title = named or self.title(where.docname)
            grouped.setdefault((where.docname, title), []).append(where)
        shared = Counter(title for _, title in grouped)
        return [
            # a title that several documents have is told apart by the document's own
            (title if shared[title] == 1 or title == name else f"{name}: {title}", places)
            for (docname, title), places in grouped.items()
            for name in (self.title(docname),)
        ]

    def _line(self, groups: list[tuple[str, list[Cited]]]) -> Iterator[Linked]:
        """Give what the line says, link by link; what closes a bracket links nothing."""
        for number, (title, places) in enumerate(groups):
            first: dict[Passage, Cited] = {}
            for place in places:
                first |= {p: place for p in self.passages(place.locator) if p not in first}
            lead, goal = "; " if number else "", self._address(places[0])
            if len(places) == 1:  # two links in a row to one place are one
                cited = f" ({curly(joined(in_order(first)))})" if first else ""
                yield lead, title + cited, goal
                continue
            yield lead, title, goal
            before = " ("
            for label, members in by_label(in_order(first)):
                before += label
                for passage in members:
                    yield before, curly(passage.text), self._address(first[passage])
                    before = ", "
                before = "; "
            if first:
                yield ")", "", {}

    def _address(self, place: Cited) -> dict[str, str]:
        return self.writer.address(self.docname, place.docname, place.use.id)


def _printed(linked: Linked) -> str:
    before, text, address = linked
    shown = escaped(text)
    return escaped(before) + (link(shown, href_of(address)) if address else shown)


def _said(phrases: tuple[str, str], via: str, language: Language) -> str:
    """Give one of two phrases, that for what is cited via another work or for what is not."""
    return language.gettext(phrases[bool(via)]).replace("{work}", via)


def visit_typst(writer: Any, node: cited_on) -> None:
    """Let Typst find the pages, put them in order and join what they cite."""
    places = [
        f"({writer.target(docname, identity)}, {_array(map(str, found))})"
        for docname, identity, found in node["places"]
        if writer.existing(docname, identity)
    ]
    if not places:
        raise nodes.SkipNode
    writer.define("cited-on", TYPST)

    def content(text: str) -> str:
        return f"[{writer.render(nodes.Text(text))}]" if text else "[]"

    def function(phrase: str) -> str:
        before, _, after = phrase.partition("{pages}")
        return f"pages => {{{content(before)}; pages; {content(after)}}}"

    passages = []
    for passage in node["passages"]:
        common = content(passage.common_label) if passage.listed else "none"
        passages.append(f"({content(passage.own_label)}, {common}, {content(passage.text)})")
    writer.begin_block("cited-line", node)
    said = f"{function(node['one'])}, {function(node['several'])}"
    writer.append(f"#cited-on({said}, {_array(passages)}, {_array(places)}, bare: {BARE})")
    writer.end_block()
    raise nodes.SkipNode


def _array(items: Any) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"


def visit_latex(writer: Any, node: cited_on) -> None:
    """Write the page of each place that the book has."""
    passages = node["passages"]
    if not hasattr(writer, "cited_places"):
        writer.cited_places = set(_written(writer.document))
    places = [place for place in node["places"] if place[:2] in writer.cited_places]
    if not places:
        raise nodes.SkipNode
    pages = []
    for docname, identity, found in places:
        cited = joined(passages[number] for number in found) if len(places) <= BARE else ""
        label = writer.idescape(f"{docname}:{identity}")
        shown = f" ({writer.encode(cited)})" if cited else ""
        pages.append(f"\\citedpage{{{label}}}{{{shown}}}")
    phrase = node["several" if len(pages) > 1 else "one"]
    # LaTeX's own no-break space stretches with the line
    tied = (
        writer.encode(part).replace("\N{NO-BREAK SPACE}", "~")
        for part in phrase.partition("{pages}")
    )
    before, _, after = tied
    writer.body.append(f"\n{LATEX.strip()} {before}{''.join(pages)}{after}\\par}}\n")
    raise nodes.SkipNode


def _written(document: nodes.document) -> Iterator[tuple[str, str]]:
    """Give the places of a joined document that cite."""
    for group in document.findall(citation_group):
        files = traverse_parent(group, addnodes.start_of_file)
        docname = next((str(file["docname"]) for file in files), str(document.get("docname", "")))
        yield from ((docname, identity) for identity in group["ids"])


class PlacesOnPaper(SphinxPostTransform):
    """Let each place that cites have a page: in titles, captions and marks LaTeX can have no label.

    The label goes behind a title, into the box that a caption belongs to, before a mark. Before
    references are resolved (10), whose nodes take the ids over, and footnotes become LaTeX's.
    """

    default_priority = 6
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Move the ids of citations out of what they cannot be in."""
        for node in each(self.document, addnodes.pending_xref, nodes.footnote_reference):
            if not any(name.startswith("citation-") for name in node["ids"]):
                continue
            heads = traverse_parent(node, (nodes.title, nodes.caption))
            head = next(iter(heads), None)
            if head is None and isinstance(node, addnodes.pending_xref):
                continue
            place = citation_group("", ids=node["ids"])
            node["ids"] = []
            _insert(place, node if head is None else head)


def _insert(place: nodes.Element, at: nodes.Element) -> None:
    """Put a label at the nearest place to a title, a caption or a mark where LaTeX keeps it."""
    parent = at.parent
    cell = parent.next_node(nodes.entry) if isinstance(parent, nodes.table) else None
    text = cell.next_node(nodes.TextElement) if cell is not None else None
    if text is not None:
        text.insert(0, place)
    elif isinstance(at, nodes.footnote_reference):
        parent.insert(parent.index(at), place)
    elif isinstance(parent, nodes.container | nodes.table):
        parent.parent.insert(parent.parent.index(parent), place)
    else:
        parent.insert(parent.index(at) + 1, place)


def setup(app: Sphinx) -> None:
    """Register the nodes."""
    app.add_post_transform(PlacesOnPaper)
    app.add_node(cited_on, typst=(visit_typst, None), latex=(visit_latex, None))
