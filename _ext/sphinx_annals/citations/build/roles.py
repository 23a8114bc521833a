"""The citing roles: read the text, note the use, leave one pending reference."""

from __future__ import annotations

from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from sphinx_annals.citations.build.messages import Warn, warn
from sphinx_annals.citations.build.records import Use
from sphinx_annals.text import parse_targets

ROLES = (
    "p", "ps", "t", "ts", "ct", "cts", "empty", "alp", "alps", "label", "labelpar", "year",
    "yearpar", "author", "authors", "authorpar", "authorpars", "cauthor", "cauthors",
)  # fmt: skip
PENDING = "citations_pending"


class CiteRole(SphinxRole):
    """The roles of the domain `cite`, and the bare `cite`."""

    domain = "cite"

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one pending reference; a malformed text costs a warning, not the citation."""
        node = self.pending()
        return ([node] if node is not None else []), []

    def pending(self) -> addnodes.pending_xref | None:
        """Note the use and make its node; None if the text names no key."""
        targets, problems = parse_targets(self.text)
        for problem in problems:
            warn(Warn.SYNTAX, f"citation {self.text!r}: {problem.message}", self.get_location())
        if not targets:
            return None
        from sphinx_annals.citations.build.domain import CitationsDomain

        domain = cast("CitationsDomain", self.env.domains["cite"])
        kind = self.name.partition(":")[2].lower() or "p"
        docname = self.env.current_document.docname
        node = addnodes.pending_xref(
            self.rawtext, refdomain=self.domain, reftype=kind, reftarget=self.text, refdoc=docname,
            refexplicit=False, refwarn=False, targets=targets)  # fmt: skip
        node["ids"] = [f"citation-{self.env.new_serialno('citations') + 1}"]
        self.set_source_info(node)
        node += nodes.inline("", "", classes=["citation-text"], support_smartquotes=False)
        use = Use(node["ids"][0], self.lineno, targets, foot=self.domain == "footcite")
        domain.note_use(docname, use)
        document = self.env.current_document
        document[PENDING] = [*(document.get(PENDING) or ()), node]
        return node


class FootCiteRole(CiteRole):
    """The roles of the domain `footcite`: the reference goes into a footnote."""

    domain = "footcite"
