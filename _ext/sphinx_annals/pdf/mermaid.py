"""Diagrams of Mermaid as drawings, where ``mermaidx`` is installed: it needs no browser.

Pure: no Sphinx.
"""

from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sphinx_annals.pdf.typesetting import UnreadableImageError
from sphinx_annals.text import write_if_changed

REMEDY = "pip install mermaidx"
#: Words within HTML would be left out, since nothing on paper shows HTML.
_CONFIG = {
    "theme": "neutral",
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False},
    "fontFamily": "sans-serif",
}


def drawn(code: str, folder: Path) -> tuple[str, str] | None:
    """Give the name and the SVG of a diagram, nothing without ``mermaidx``.

    It is kept in *folder*, since to draw it takes a second. Raises :exc:`UnreadableImageError`
    where the code is none.
    """
    if find_spec("mermaidx") is None:
        return None
    name = f"mermaid-{sha256(code.encode()).hexdigest()[:16]}.svg"
    path = folder / name
    if not path.is_file():
        module = import_module("mermaidx")
        try:
            svg = str(module.render(code, config=_CONFIG).svg())
        except Exception as exc:  # the errors of its engines have no class of their own
            raise UnreadableImageError(" ".join(str(exc).split())) from exc
        write_if_changed(path, svg)
    return name, path.read_text(encoding="utf-8")
