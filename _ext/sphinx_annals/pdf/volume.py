"""What the translator needs to know of who builds: how things are named in the one volume."""

from __future__ import annotations

from sphinx.builders import Builder
from sphinx.errors import NoUri

#: What a resolved link to a document of the volume starts with.
_PREFIX = "%"


class VolumeBuilder(Builder):
    """A builder that binds all documents in one volume, and its links with them."""

    supported_remote_images = False
    targets: dict[str, set[str]]
    """The ids that stand in each document of the volume being made."""

    def init(self) -> None:
        """Say where the images of the volume lie."""
        self.imagedir = "images"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the link to a document or an index; what is not printed becomes text later."""
        if docname in self.env.all_docs or docname in self.index_names():
            return _PREFIX + docname
        raise NoUri(docname, typ)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Everything is in one file, so where a link stands does not matter."""
        return self.get_target_uri(to, typ)

    def index_names(self) -> set[str]:
        """Give the pseudo-documents of Sphinx that stand for an index."""
        domains = self.env.domains.sorted()
        return {"genindex", *(f"{d.name}-{cls.name}" for d in domains for cls in d.indices)}

    def aim(self, uri: str) -> tuple[str, str] | None:
        """Give the document and the id that a resolved link means, None if it leads elsewhere."""
        if not uri.startswith(_PREFIX):
            return None
        docname, _, node_id = uri.removeprefix(_PREFIX).partition("#")
        return docname, node_id
