"""The citing roles: each reads its text and leaves one pending reference."""

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.uses import Use
from sphinx_annals.messages import warn
from sphinx_annals.text import parse_citations

_ROLES = (
    "p ps t ts ct cts empty alp alps label labelpar year yearpar author authors authorpar "
    "authorpars cauthor cauthors"
)
ROLES = tuple(_ROLES.split())
NOTED = ROLES[:6]
"""The roles that become notes."""


class CiteRole(SphinxRole):
    """The roles of the domain `cite`, and the bare `cite`; `footcite` puts them into notes."""

    def __init__(self, domain: str = "cite") -> None:
        self.domain = domain

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give one pending reference; a malformed text costs a warning, not the citation."""
        targets, problems = parse_citations(self.text)
        for problem in problems:
            warn(Subtype.SYNTAX, f"citation {self.text!r}: {problem}", self.get_location())
        if not targets:
            return [], []
        identity = f"citation-{self.env.new_serialno('citations') + 1}"
        node = addnodes.pending_xref(
            self.rawtext,
            # which smartquotes would change, and which a heading may get a text in
            nodes.inline("", "", classes=["citation-text"], support_smartquotes=False),
            ids=[identity],
            use=Use(identity, self.lineno, targets, foot=self.domain == "footcite"),
            targets=targets,
            refdomain=self.domain,
            reftype=self.name.partition(":")[2].lower() or "p",
            reftarget=self.text,
            refdoc=self.env.current_document.docname,
            refexplicit=False,
            refwarn=False,
        )
        self.set_source_info(node)
        return [node], []
