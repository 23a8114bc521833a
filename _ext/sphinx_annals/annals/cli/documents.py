"""The documents of a book as its tables of contents have them, and new ones among these."""

import os
from pathlib import Path

from sphinx_annals.annals.cli.book import Book
from sphinx_annals.cli import Change, read_utf8
from sphinx_annals.sources import ProjectError, with_entry


def root_of(book: Book) -> Path:
    """Give the file of the root document; raises ProjectError where there is none."""
    name = book.settings.get("root_doc") or book.settings.get("master_doc") or "index"
    found = [path for path in book.sources.documents if docname(path, book) == name]
    if not found:
        raise ProjectError(f"there is no document {name!r} to list what is new in")
    return found[0]


def docname(path: Path, book: Book) -> str:
    """Give the name of a document, by its path."""
    return Path(os.path.relpath(path, book.root)).with_suffix("").as_posix()


def new_document(path: Path, text: str, book: Book) -> list[Change]:
    """Give what makes a document, and lists it in the root document."""
    root = root_of(book)
    before = read_utf8(root)
    folder = Path(docname(root, book)).parent
    name = os.path.relpath(docname(path.resolve(), book), folder).replace(os.sep, "/")
    return [Change(path, None, text), Change(root, before, with_entry(before, root.suffix, name))]
