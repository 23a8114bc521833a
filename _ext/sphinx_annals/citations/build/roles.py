"""The citing roles: what each leaves in a document, and what the environment keeps of it.

Small tuples are kept, no nodes, and nothing that is derived.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from sphinx_annals.citations.build.conditions import Condition, conditions_of
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.style import Group
from sphinx_annals.messages import warn
from sphinx_annals.text import Citation, parse_citations

ROLES: Mapping[str, str] = {
    "p": "In brackets.",
    "ps": "In brackets, with all names.",
    "t": "In the sentence: the names, then the year in brackets.",
    "ts": "In the sentence, with all names.",
    "ct": "In the sentence, with a capital letter.",
    "cts": "In the sentence, with a capital letter and all names.",
    "empty": "Cites, and shows nothing.",
    "alp": "Without brackets.",
    "alps": "Without brackets, with all names.",
    "label": "The label of the work in its list.",
    "labelpar": "The label of the work in its list, in brackets.",
    "year": "The year.",
    "yearpar": "The year, in brackets.",
    "author": "The names.",
    "authors": "All names.",
    "authorpar": "The names, in brackets.",
    "authorpars": "All names, in brackets.",
    "cauthor": "The names, with a capital letter.",
    "cauthors": "All names, with a capital letter.",
}
"""The roles of the domain ``cite``, each with what it shows."""
NOTED = tuple(ROLES)[:6]
"""The roles that become notes."""
_USERS = (addnodes.pending_xref, nodes.footnote_reference)
"""What may have a use: the node of a role, and the mark of the note that it became."""


class Use(NamedTuple):
    """One citing role in a document: the ids of its section and of what encloses it there.

    ``kind`` is its role in the end: ``note`` where a note was made of it.
    """

    id: str
    line: int
    targets: tuple[Citation, ...]
    section: str = ""
    around: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    foot: bool = False
    kind: str = "p"


class BibList(NamedTuple):
    """One bibliography directive; ``filter`` is source, compiled when it is needed."""

    docname: str
    id: str
    line: int
    filter: str = "cited"
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    style: str = ""
    list: str = "citation"
    enumtype: str = "arabic"
    start: int = 1
    labelprefix: str = ""
    keyprefix: str = ""
    cited_in: bool = True
    groups: tuple[Group, ...] = ()
    by_keyword: bool = False
    conditions: tuple[Condition, ...] = ()


def new_id(env: BuildEnvironment) -> str:
    """Give the id of the next citation of the document that is read."""
    return f"citation-{env.new_serialno('citations') + 1}"


class CiteRole(SphinxRole):
    """The roles of the domain ``cite``, the bare ``cite``, and ``footcite``, which makes notes."""

    def __init__(self, domain: str = "cite") -> None:
        self.domain = domain

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give one pending reference; a malformed text costs a warning, not the citation."""
        targets, problems = parse_citations(self.text)
        for problem in problems:
            warn(Subtype.SYNTAX, f"citation {self.text!r}: {problem}", self.get_location())
        if not targets:
            return [], []
        identity = new_id(self.env)
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


def write_roles(app: Sphinx, path: Path, source: list[str]) -> None:
    """Write roles for the citations of Markdown that are as Pandoc, Quarto and MyST have them.

    Each stands on its line, where ``citations_at_keys`` is set.
    """
    if app.config.citations_at_keys and path.suffix == ".md":
        # few projects ask for it, and it loads all that reads sources without Sphinx
        from sphinx_annals.citations.scan import with_roles

        source[0] = with_roles(source[0])


def uses_in(document: nodes.document) -> Iterator[Use]:
    """Give the uses of a document in the order of its text.

    A role leaves its use on its node; a note takes it over to the mark that refers to it.
    """
    # docutils asks a condition for two classes at every node, in five times the time
    for node in document.findall():
        if isinstance(node, _USERS) and "use" in node.attributes:
            use: Use = node.attributes.pop("use")
            around: list[str] = []
            parent, section = node.parent, ""
            while parent is not None:
                if isinstance(parent, nodes.section):
                    section = section or parent["ids"][0]
                elif not section:
                    around += parent.get("ids", ())
                parent = parent.parent
            kind = node.get("reftype", "note")  # what became a note left its use on the mark
            shown = tuple(conditions_of(node.parent))
            yield use._replace(section=section, around=tuple(around), conditions=shown, kind=kind)
