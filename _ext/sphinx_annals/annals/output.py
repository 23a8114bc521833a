"""Files in the output: our own, and those that builders write, with Sphinx's own kind of error
where they cannot.
"""

from pathlib import Path

from sphinx.errors import SphinxError

from sphinx_annals import text

STATIC = Path(__file__).parent / "static"
"""The style sheets and scripts of the wing."""


def write_output(path: Path, content: str | bytes) -> None:
    """Write a file unless it holds this already; SphinxError says what is in the way."""
    try:
        text.write_if_changed(path, content)
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}; free the place, or build elsewhere"
        raise SphinxError(message) from error
