"""The nodes of annotations, accounts and verdicts as they were read, from any document."""

from functools import cached_property

from docutils import nodes
from docutils.nodes import Element
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.doctree.nodes import account_note, annotation, verdict_note
from sphinx_annals.annals.model import Statement
from sphinx_annals.walking import each

_KINDS: tuple[type[Element], ...] = (annotation, account_note, verdict_note)
_Key = tuple[bool, str, str]


class AsRead:
    """Finds nodes in a document, and in others, whose doctrees are loaded when asked for.

    To be asked first while the document is still as it was read: it keeps what stood there.
    """

    def __init__(self, env: BuildEnvironment, document: nodes.document) -> None:
        self._env = env
        self._document = document
        self._others: dict[str, dict[_Key, Element]] = {}

    @cached_property
    def _own(self) -> dict[_Key, Element]:
        return _nodes_in(self._document)

    @property
    def statements(self) -> list[Element]:
        """The accounts and verdicts that stand in the document, in their order."""
        return [node for (of_object, _, _), node in self._own.items() if not of_object]

    def annotation(self, docname: str, anchor: str) -> Element:
        """Give the node of an annotated object."""
        return self._find((True, docname, anchor))

    def statement(self, said: Statement) -> Element:
        """Give a copy of the node of an account or a verdict."""
        return self._find((False, said.docname, said.key)).deepcopy()

    def _find(self, key: _Key) -> Element:
        docname = key[1]
        if key in self._own:
            return self._own[key]
        if docname not in self._others:
            self._others[docname] = _nodes_in(self._env.get_doctree(docname))
        return self._others[docname].get(key) or Element()


def _nodes_in(document: nodes.document) -> dict[_Key, Element]:
    """Give the nodes by whether they are of objects, their document, and their key in it."""
    found: dict[_Key, Element] = {}
    for node in each(document, *_KINDS):
        of_object = isinstance(node, annotation)
        found[of_object, node["docname"], node["ids"][0] if of_object else node["key"]] = node
    return found
