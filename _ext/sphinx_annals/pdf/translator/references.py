"""Cross-references, external links, footnotes and citations."""

from collections import Counter
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import escape, label, safe_uri, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, whole, whole_block

#: Classes that Sphinx and MyST give to references to sections, figures, tables, documents.
_SECTION_CLASSES = frozenset({"std-ref", "std-numref", "std-doc", "doc", "ref"})


def _in_brackets(node: Element) -> bool:
    """Tell whether a bracket is open in the text before a reference."""
    before = "".join(n.astext() for n in node.parent.children[: node.parent.index(node)])
    return before.count("(") > before.count(")")


def _follows_a_mark(node: Element) -> bool:
    """Tell whether not even space stands between a mark and that of another note."""
    before = node.parent.children[: node.parent.index(node)]
    said = [child for child in before if child.astext()]
    return bool(said) and isinstance(said[-1], nodes.footnote_reference)


def _sign(footnote: Element) -> str:
    return next((child.astext() for child in footnote if isinstance(child, nodes.label)), "")


class ReferencesMixin(BaseTranslator):
    """Visitors for links and notes."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._printed: set[str] = set()
        notes = self.every(nodes.footnote)
        self._footnotes = {(node["docname"], name): node for node in notes for name in node["ids"]}
        self._numbered = {
            docname for (docname, _), note in self._footnotes.items() if not note.get("auto")
        }
        signs: Counter[tuple[str, str]] = Counter()
        for note in notes:
            files = traverse_parent(note, addnodes.start_of_file)
            signs[[self.docname, *(file["docname"] for file in files)][-1], _sign(note)] += 1
        self._counted_chapters = {
            chapter for (chapter, sign), times in signs.items() if times > 1 and sign.isdecimal()
        }
        self._referenced = {
            (node["docname"], node.get("refid", ""))
            for node in self.every(nodes.footnote_reference)
        }

    # Links

    def visit_reference(self, node: Element) -> None:
        uri = node.get("refuri", "")
        if not isinstance(node.parent, nodes.TextElement):
            self.open_block(node)
        aim = self._aim(node, uri)
        found = self.existing(*aim) if aim else None
        # Typst prints titles again in the contents, where the whole line is a link, and the heads
        # of tables on each page, where PDF/UA forbids links.
        if found and not self.context:
            pages = self._page_mode(node)
            target = self.target(*found)
            own = f", own: {self.serial()}" if pages == "aside" else ""
            call = f"xref({target}, {string(pages)}{own})" if pages else f"link(aim({target}))"
            self.append(f"#{call}[")
            self._closers.append((node, "]"))  # the dispatcher adds it
        elif not found and not self.context:
            if aim or not uri:
                self._missing(node, uri, aim)
            else:
                self._external(node, uri)

    def _aim(self, node: Element, uri: str) -> tuple[str, str] | None:
        """Give the document and the id that a link within the book means, if it is one."""
        if node.get("refid") or uri.startswith("#"):
            return self.docname, node.get("refid") or uri[1:]
        return self.builder.aim(uri) or self._page(uri)

    def _page(self, uri: str) -> tuple[str, str] | None:
        """Give what a link means that names the page of a document, as sites have it."""
        path, _, node_id = uri.partition("#")
        place = normpath(join("/", dirname(self.docname), path))
        docname = place[1:].removesuffix(str(self.config.html_file_suffix or ".html"))
        return (docname, node_id) if uri and docname in self.builder.targets else None

    def _missing(self, node: Element, uri: str, aim: tuple[str, str] | None) -> None:
        """Warn, but not of a permalink, or of a link to a document that is not in this book."""
        outside = aim is not None and aim[0] not in self.builder.targets
        if not outside and not {"headerlink", "toc-backref"} & set(node["classes"]):
            target = uri or node.get("refid", "")
            message = f"the target {target!r} of a link is not in the book, its text stands alone"
            warn(Subtype.TARGET, message, node)

    def _page_mode(self, node: Element) -> str:
        classes = {name for child in node.findall(Element) for name in child["classes"]}
        policy = self.options["show_pagerefs"]
        if "page-ref" in classes:
            return "only"
        if policy == "none" or "no-page" in classes:
            return ""
        wanted = policy == "all" or bool(classes & {"with-page", "page-aside"})
        section = policy == "sections" and bool(classes & _SECTION_CLASSES)
        if not (wanted or section):
            return ""
        return "with" if "with-page" in classes or _in_brackets(node) else "aside"

    def _external(self, node: Element, uri: str) -> None:
        site = str(self.config.html_baseurl)
        target = safe_uri(uri, site and f"{site.rstrip('/')}/{self.docname}")
        if target is None:
            allowed = "only http, https and mailto are followed"
            if not urlsplit(site).scheme and ":" not in uri:
                allowed += ", and within a site where html_baseurl says which"
            if node.astext() != uri:  # no address in the text was taken for one, such as tcp::80
                warn(Subtype.URI, f"the link to {uri!r} is printed as text: {allowed}", node)
            return
        shown = node.astext().strip()
        bare = target.removeprefix("mailto:")
        address = f"#url-text({string(bare)})"
        self.append(f"#weblink({string(target)})[")
        if shown == bare and not any(isinstance(c, nodes.Element) for c in node.children):
            self.append(f"{address}]")
            raise nodes.SkipNode
        note = f"#note({string(f'fn:{self.serial()}')})[{address}]"
        after = {"footnote": note, "inline": f" ({address})"}
        noted = after.get(self.options["show_urls"], "") if shown != bare else ""
        self._closers.append((node, f"]{noted}"))

    @whole_block
    def visit_GalleryNode(self, node: Element) -> str:
        """Print a gallery of nbsphinx as what it says of its documents: titles and hints."""
        items = ""
        for title, uri, _picture, hint in node["entries"]:
            aim = self.builder.aim(uri)
            found = self.existing(*aim) if aim else None
            words = escape(title)
            link = f"#link(aim({self.target(*found)}))[{words}]" if found else words
            items += f"[{link}{escape(f': {hint}') if hint else ''}],\n"
        return f"#bullets(tight: true,\n{items})\n"

    def visit_download_reference(self, node: Element) -> None:
        """A file beside the book cannot be followed from the page; its name stands."""
        if uri := node.get("refuri", ""):
            self._external(node, uri)

    # Footnotes: the text moves to the first reference, in the document it was written in.

    @whole
    def visit_footnote_reference(self, node: Element) -> str:
        footnote = self._footnotes.get((self.docname, node.get("refid", "")))
        if footnote is None:
            return f"#super[{self.render(*node.children)}]"
        name = f"fn:{self.docname}#{footnote['ids'][0]}"
        number = self._own_number(footnote)
        # Typst makes a new note of each mark, unless the mark names one by its label.
        if name in self._printed:
            mark = f"#footnote({number}{label(name)})"
        else:
            self._printed.add(name)
            mark = f"#note({number}{string(name)})[{self._footnote_text(footnote)}]"
            if number:  # the others are counted without it
                mark += "#counter(footnote).update(n => n - 1)"
        mark = f"#super[,]{mark}" if _follows_a_mark(node) else mark  # 1 and 2 are not 12
        return f"#only-here[{mark}]" if self.in_title else mark

    def _own_number(self, footnote: Element) -> str:
        """Give the argument for a note with a number or a sign that its author chose.

        Where some have one, docutils gives the others numbers that are free. Those of links are
        counted, and so are all numbers with them; and those of a chapter where documents in it
        have a number each.
        """
        sign = _sign(footnote)
        chosen = footnote.get("auto") != 1 or self.docname in self._numbered
        counted = self.docnames[:2][-1] in self._counted_chapters
        if sign.isdecimal() and (counted or self.options["show_urls"] == "footnote"):
            chosen = False
        return f"numbering: _ => {string(sign)}, " if chosen and sign else ""

    def _footnote_text(self, footnote: Element) -> str:
        # The text stands at the foot of the page, where links may be, whatever holds its mark.
        titles, self.context = self.context, []
        anchors = self.anchors(footnote)
        text = self.render(*(c for c in footnote.children if not isinstance(c, nodes.label)))
        self.context = titles
        return anchors + text.strip()

    def visit_footnote(self, node: Element) -> None:
        """Print a footnote that nothing refers to where it stands, so that no text is lost."""
        if any((self.docname, name) in self._referenced for name in node["ids"]):
            raise nodes.SkipNode
        self.begin_block("stray-note", node)

    depart_footnote = BaseTranslator.end_block

    # Citations of docutils

    @whole_block
    def visit_citation(self, node: Element) -> str:
        name, *rest = node.children
        return f"#citation-entry([{escape(name.astext())}])[{self.render(*rest).strip()}]\n"

    @whole
    def visit_citation_reference(self, node: Element) -> str:
        found = self.existing(self.docname, node.get("refid", ""))
        text = self.render(*node.children)
        linked = found and not self.context
        return rf"\[{f'#link(aim({self.target(*found)}))[{text}]' if found and linked else text}\]"
