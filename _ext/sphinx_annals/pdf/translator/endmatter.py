"""Index marks in the text, the general index and the indices of the domains."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.domains import Index, IndexEntry
from sphinx.locale import _

from sphinx_annals.fences.sphinx import index_lines
from sphinx_annals.interfaces import filing_forms
from sphinx_annals.pdf.markup import array, escape, label, styled, value
from sphinx_annals.pdf.translator.base import BaseTranslator
from sphinx_annals.text import IndexLine, IndexLinks, arranged, styles_of

# Links and labels are written when all of the book is known: only labels that a link uses, and
# only links to labels that were printed. Control characters never occur in escaped text.
_LINK = re.compile("\x00(.*?)\x01(.*?)\x02")
_LABEL = re.compile("\x03(.*?)\x04")

#: What an index of a domain holds: headings, each with its entries.
Groups = list[tuple[str, list[IndexEntry]]]


class EndMatterMixin(BaseTranslator):
    """Visitors for index nodes, and what is printed after the last chapter."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._entries: dict[str, list[tuple[Any, ...]]] = {}
        self._marks = 0

    def visit_index(self, node: Element) -> None:
        entries = node.get("entries") or []
        if entries and self.options["index"]:
            self._marks += 1
            name = f"index:{self._marks:06}"  # they are sorted as texts
            entries = [(kind, value, name, main, key) for kind, value, _, main, key in entries]
            self._entries.setdefault(self.docname, []).extend(entries)
            inline = isinstance(node.parent, nodes.TextElement)
            (self.append if inline else self.later)(self.anchor(name))
        raise nodes.SkipNode

    def book(self) -> tuple[list[str], str]:
        """Give the definitions and the text after the doctree was walked, with all indices.

        Links to what was not printed lead to the book's start.
        """
        self.flush()
        self.append(self._general_index() + self._domain_indices())
        used: set[str] = set()

        def link(found: re.Match[str]) -> str:
            start = self.label_name(self.document["docname"])
            name = next((name for name in found.groups() if name in self.defined), start)
            used.add(name)
            return label(name)

        def mark(found: re.Match[str]) -> str:
            quoted, name = str(found[1])[0] == "!", str(found[1])[1:]
            if name not in used:
                return ""
            code = f"#metadata(none)#{label(name)}"
            return f"#only-here[{code}]" if quoted else code

        text = _LABEL.sub(mark, _LINK.sub(link, "".join(self._buffers[0])))
        return [*self.languages.values(), *self.definitions.values()], text

    def _in_columns(
        self, title: str, name: str, groups: Iterable[tuple[str, str]], bold: bool = False
    ) -> str:
        """Give an index of lines by heading, nothing where there are none."""
        lines = ""
        for heading, found in groups:
            lines += f"#index-group[{escape(heading)}]\n" if heading and found else ""
            lines += found
        if not lines:
            return ""
        # Between the page break and the heading: before the break it would be on the last page.
        anchor = self.anchor(self.label_name(name))
        head = f'\n\n#open-chapter()\n{anchor}#hd("chapter", 1, "")[{escape(title)}]\n'
        return f"{head}#index-columns(bold-pages: {value(bold)})[\n{lines}]\n"

    def _general_index(self) -> str:
        forms = filing_forms(self.builder.env.domains.sorted())
        groups = (
            (heading, "".join(map(self._entry, lines)))
            for heading, lines in arranged(index_lines(self._entries), forms)
        )
        marked = any(entry[3] for entries in self._entries.values() for entry in entries)
        return self._in_columns(_("Index"), "genindex", groups, marked)

    def _entry(self, line: IndexLine) -> str:
        name, (links, below, _letter) = line
        # What leads nowhere leads on to another entry: "see Stalin".
        see = "; ".join(_reference(sub, bool(links)) for sub, to in below if not to)
        written = self._line(0, name, links, f", see: [{see}]" if see else "")
        return written + "".join(self._line(1, sub, to) for sub, to in below if to)

    def _line(self, level: int, name: str, links: IndexLinks, see: str = "") -> str:
        in_order = sorted((uri.removeprefix("#"), value(bool(main))) for main, uri in links)
        marks = array(f"({self.link_to(mark)}, {main})" for mark, main in in_order)
        shown = styled(self._styled.get(name, name))
        return f"#index-line({level}, {marks}{see})[{shown}]\n"

    @cached_property
    def _styled(self) -> dict[str, str]:
        """The names of which some words are emphasised: entries of the general index are plain."""
        lines = (entry for *_, groups in self._wanted() for _, found in groups for entry in found)
        return {str(entry.name): entry.name for entry in lines if styles_of(entry.name)}

    # Indices of the domains

    def _wanted(self) -> Iterator[tuple[str, Index, Groups]]:
        """Give the indices of the domains, with their names and what they hold of this book."""
        wanted = self.options["domain_indices"]
        for domain in self.builder.env.domains.sorted():
            for cls in domain.indices:
                name = f"{domain.name}-{cls.name}"
                if name in wanted if isinstance(wanted, list | tuple) else wanted:
                    index = cls(domain)
                    groups, _collapse = index.generate(sorted(self.builder.targets))
                    yield name, index, [(key, list(map(_as_entry, of))) for key, of in groups]

    @cached_property
    def printed_indices(self) -> frozenset[str]:
        """Give those that have a line; a reference to another is text."""
        marked = any(node.get("entries") for node in self.every(addnodes.index))
        general = {"genindex"} if marked and self.options["index"] else set()
        return frozenset(general) | {name for name, _, groups in self._wanted() if groups}

    def _domain_indices(self) -> str:
        written = ""
        for name, index, groups in self._wanted():
            lines = ((str(key), "".join(map(self._domain_line, found))) for key, found in groups)
            written += self._in_columns(str(index.localname), name, lines)
        return written

    def _domain_line(self, entry: IndexEntry) -> str:
        name, subtype, docname, anchor, extra, qualifier, descr = entry
        level = 1 if subtype == 2 else 0
        after = f" #emph[{escape(str(extra))}]" if extra else ""
        if descr or qualifier:
            after += escape(" " + " ".join(filter(None, (str(qualifier), str(descr)))))
        if docname and not self.existing(docname, anchor):
            return ""
        marks = f"(({self.target(docname, anchor)}, false), )" if docname else "()"
        return f"#index-line({level}, {marks})[{styled(name)}{after}]\n"


def _as_entry(given: Iterable[Any]) -> IndexEntry:
    """Give a line of an index as its type: Sphinx's own writers take any sequence, and no words."""
    parts: list[Any] = ["" if part is None else part for part in given]
    return IndexEntry(*parts)


def _reference(text: str, also: bool) -> str:
    """Set the words of "see also Stalin" apart from the name, where the language begins so."""
    words = next((said for said in (_("see also"), _("see")) if text.startswith(said)), "")
    shown = _("see also") if words and also else words
    return f"#emph[{escape(shown)}]{escape(text.removeprefix(words))}"
