"""Index marks in the text, the general index and the indices of the domains."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from sphinx.domains import Index, IndexEntry
from sphinx.locale import _

from sphinx_annals.interfaces import filing_forms
from sphinx_annals.pdf.backindex import BackIndex, Entry
from sphinx_annals.pdf.markup import array, escape, label, value
from sphinx_annals.pdf.translator.base import BaseTranslator

# Links and labels are written when all of the book is known: only labels that a link uses, and
# only links to labels that were printed. Control characters never occur in escaped text.
_LINK = re.compile("\x00(.*?)\x01(.*?)\x02")
_LABEL = re.compile("\x03(.*?)\x04")


class EndMatterMixin(BaseTranslator):
    """Visitors for index nodes, and what is printed after the last chapter."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._index = BackIndex(filing_forms(self.builder.env.domains.sorted()))
        self._marks = 0

    def visit_index(self, node: Element) -> None:
        entries = node.get("entries") or []
        if entries and self.options["index"]:
            self._marks += 1
            name = f"index:{self._marks}"
            for kind, value, _target, main, _key in entries:
                self._index.add(kind, value, name, bool(main))
            inline = isinstance(node.parent, nodes.TextElement)
            (self.append if inline else self.later)(self.anchor(name))
        raise nodes.SkipNode

    def book(self) -> tuple[list[str], str]:
        """Give the definitions and the text after the doctree was walked, with all indices.

        Links to what was not printed lead to the book's start.
        """
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

    def _in_columns(self, title: str, name: str, groups: Iterable[tuple[str, str]]) -> str:
        """Give an index of lines by heading, nothing where there are none."""
        lines = ""
        for heading, found in groups:
            lines += f"#index-group[{escape(heading)}]\n" if heading and found else ""
            lines += found
        if not lines:
            return ""
        anchor = self.anchor(self.label_name(name))
        head = f'\n\n#open-chapter()\n{anchor}#hd("chapter", 1, "")[{escape(title)}]\n'
        return f"{head}#index-columns[\n{lines}]\n"

    def _general_index(self) -> str:
        groups = (
            (name, "".join(line for entry in entries for line in self._lines(entry, 0)))
            for name, entries in self._index.groups()
        )
        return self._in_columns(_("Index"), "genindex", groups)

    def _lines(self, entry: Entry, level: int) -> Iterator[str]:
        marks = array(f"({self.link_to(name)}, {value(main)})" for name, main in entry.marks)
        see = _("see also") if entry.marks else _("see")
        said = [(see, name) for name in entry.see]
        said += [(_("see also"), name) for name in entry.see_also]
        refs = [f"#emph[{escape(word)}] {escape(name)}" for word, name in said]
        also = f", see: [{'; '.join(refs)}]" if refs else ""
        yield f"#index-line({level}, {marks}{also})[{escape(entry.name)}]\n"
        for child in self._index.below(entry):
            yield from self._lines(child, level + 1)

    # Indices of the domains

    def _domain_indices(self) -> str:
        wanted = self.options["domain_indices"]
        return "".join(
            self._domain_index(cls(domain), name)
            for domain in self.builder.env.domains.sorted()
            for cls in domain.indices
            for name in [f"{domain.name}-{cls.name}"]
            if (name in wanted if isinstance(wanted, list | tuple) else wanted)
        )

    def _domain_index(self, index: Index, name: str) -> str:
        content, _collapse = index.generate(sorted(self.builder.targets))
        groups = ((str(key), "".join(map(self._domain_line, entries))) for key, entries in content)
        return self._in_columns(str(index.localname), name, groups)

    def _domain_line(self, entry: IndexEntry) -> str:
        name, subtype, docname, anchor, extra, qualifier, descr = entry
        level = 1 if subtype == 2 else 0
        after = f" #emph[{escape(str(extra or ''))}]" if extra else ""
        if descr or qualifier:
            after += escape(" " + " ".join(filter(None, (str(qualifier), str(descr)))))
        if docname and not self.existing(docname, anchor):
            return ""
        marks = f"(({self.target(docname, anchor)}, false), )" if docname else "()"
        return f"#index-line({level}, {marks})[{escape(str(name))}{after}]\n"
