"""Cross-references, external links, footnotes and citations."""

# ruff: noqa: D102 - visit_ and depart_ methods follow one protocol
from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_annals.messages import warn
from sphinx_annals.pdf.assemble import docname_of
from sphinx_annals.pdf.markup import label, safe_uri, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator

if TYPE_CHECKING:
    from docutils.nodes import Element

#: Classes that Sphinx and MyST give to references to sections, figures, tables, documents.
_SECTION_CLASSES = frozenset({"std-ref", "std-numref", "std-doc", "doc", "ref"})


def _in_brackets(node: Element) -> bool:
    """Tell whether a bracket is open in the text before a reference."""
    before = "".join(n.astext() for n in node.parent.children[: node.parent.index(node)])
    return before.count("(") > before.count(")")


class ReferencesMixin(BaseTranslator):
    """Visitors for links and notes."""

    # Links

    def visit_reference(self, node: Element) -> None:
        uri = node.get("refuri", "")
        if not isinstance(node.parent, nodes.TextElement):
            self.open_block(node)
        found = self._internal(node, uri)
        if self.no_links:
            self._open_reference(node, "")
        elif found:
            pages = self._page_mode(node)
            target = self.target(*found)
            call = f"xref({target}, {string(pages)})" if pages else f"link({target})"
            self.append(f"#{call}[")
            self._open_reference(node, "]")
        elif uri and not uri.startswith(("#", self.builder.link_prefix)):
            self._external(node, uri)
        else:
            if not self._lenient(node, uri):
                target = uri or node.get("refid", "")
                message = f"the target {target!r} of a link is not in the book, its text stands"
                warn(Subtype.TARGET, f"{message} alone", node)
            self._open_reference(node, "")

    def _lenient(self, node: Element, uri: str) -> bool:
        """A permalink, or a link to a document that is not in this book, is plain text."""
        docname = uri.removeprefix(self.builder.link_prefix).partition("#")[0]
        outside = uri.startswith(self.builder.link_prefix) and docname not in self.targets
        return outside or bool({"headerlink", "toc-backref"} & set(node["classes"]))

    def _open_reference(self, node: Element, closer: str) -> None:
        self._closers.append((node, closer))

    def depart_reference(self, node: Element) -> None:
        """The closer that :meth:`visit_reference` left is added by the dispatcher."""

    def _internal(self, node: Element, uri: str) -> tuple[str, str] | None:
        """Return docname and id of an internal target that exists, else None."""
        prefix = self.builder.link_prefix
        if uri.startswith(prefix):
            docname, _, node_id = uri.removeprefix(prefix).partition("#")
            return self._existing(docname, node_id)
        if node.get("refid") or uri.startswith("#"):
            return self._existing(self.docname, node.get("refid") or uri[1:])
        return None

    def _existing(self, docname: str, node_id: str) -> tuple[str, str] | None:
        ids = self.targets.get(docname)
        if ids is None:
            return (docname, "") if docname in self.builder.index_names() else None
        return (docname, node_id) if not node_id or node_id in ids else None

    def _page_mode(self, node: Element) -> str:
        classes = set(node["classes"])
        for child in node.findall(nodes.Element):
            classes.update(child["classes"])
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
        target = safe_uri(uri)
        if target is None:
            allowed = "only http, https and mailto are followed"
            warn(Subtype.URI, f"the link to {uri!r} is printed as text: {allowed}", node)
            self._open_reference(node, "")
            return
        shown = node.astext().strip()
        bare = target.removeprefix("mailto:")
        note = ""
        if self.options["show_urls"] and shown != bare:
            note = f"#footnote[{self._url(bare)}]"
        if shown == bare and not any(isinstance(c, nodes.Element) for c in node.children):
            self.append(f"#weblink({string(target)})[{self._url(bare)}]")
            raise nodes.SkipNode
        self.append(f"#weblink({string(target)})[")
        self._open_reference(node, f"]{note}")

    def _url(self, uri: str) -> str:
        return f"#url-text({string(uri)})"

    def visit_number_reference(self, node: Element) -> None:
        self.visit_reference(node)

    depart_number_reference = depart_reference

    def visit_download_reference(self, node: Element) -> None:
        uri = node.get("refuri", "")
        if uri:
            self._external(node, uri)

    def depart_download_reference(self, node: Element) -> None:
        """A file beside the book cannot be followed from the page; its name stands."""

    def visit_pending_xref(self, node: Element) -> None:
        """A reference that nothing resolved; Sphinx has warned, the text stands."""

    depart_pending_xref = visit_pending_xref
    visit_pending_xref_condition = depart_pending_xref_condition = visit_pending_xref

    def visit_target(self, node: Element) -> None:
        """An empty target only carries its anchor, which the dispatcher adds."""

    depart_target = visit_target

    # Footnotes: the text moves to the first reference, in the document it was written in.

    def collect_footnotes(self) -> None:
        """Remember the text of every footnote by document and id."""
        self._footnotes: dict[tuple[str, str], Element] = {}
        self._printed: set[str] = set()
        for node in self.document.findall(nodes.footnote):
            docname = docname_of(node)
            self._footnotes.update({(docname, name): node for name in node["ids"]})
        self._referenced = {
            (docname_of(ref), ref.get("refid", ""))
            for ref in self.document.findall(nodes.footnote_reference)
        }

    def visit_footnote_reference(self, node: Element) -> None:
        key = (self.docname, node.get("refid", ""))
        footnote = self._footnotes.get(key)
        if footnote is None:
            self.append(f"#super[{self.render(*node.children)}]")
            raise nodes.SkipNode
        name = f"fn:{key[0]}#{footnote['ids'][0]}"
        if name in self._printed:
            mark = f"#footnote({label(name)})"
        else:
            self._printed.add(name)
            mark = f"#footnote[{self._footnote_text(footnote)}]#{label(name)}"
        self.append(f"#only-here[{mark}]" if self.in_title else mark)
        raise nodes.SkipNode

    def _footnote_text(self, footnote: Element) -> str:
        titles, self.context = self.context, []
        self.push()
        self.append(self.anchors(footnote))
        text = self.render(*(c for c in footnote.children if not isinstance(c, nodes.label)))
        self.append(text.strip())
        self.context = titles
        return self.pop()

    def visit_footnote(self, node: Element) -> None:
        """Print a footnote that nothing refers to where it stands, so that no text is lost."""
        if any((self.docname, name) in self._referenced for name in node["ids"]):
            raise nodes.SkipNode
        self.begin_block("stray-note", node)

    def depart_footnote(self, node: Element) -> None:
        self.end_block()

    # Citations of docutils

    def visit_citation(self, node: Element) -> None:
        name = next((c for c in node.children if isinstance(c, nodes.label)), None)
        shown = self.render(*name.children) if name is not None else ""
        rest = self.render(*(c for c in node.children if c is not name)).strip()
        self.open_block(node)
        self.append(f"#citation-entry([{shown}])[{rest}]\n")
        raise nodes.SkipNode

    def visit_label(self, node: Element) -> None:
        raise nodes.SkipNode

    def visit_citation_reference(self, node: Element) -> None:
        found = self._existing(self.docname, node.get("refid", ""))
        self.text("[")
        text = self.render(*node.children)
        linked = found and not self.no_links
        self.append(f"#link({self.target(*found)})[{text}]" if found and linked else text)
        self.text("]")
        raise nodes.SkipNode
