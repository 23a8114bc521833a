"""What other programs draw or play: graphs, diagrams, films."""

from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils.nodes import Element
from sphinx.ext.graphviz import GraphvizError

from sphinx_annals.fences.sphinx import draw_graph
from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import escape, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, whole_block
from sphinx_annals.pdf.typesetting import UnreadableImageError
from sphinx_annals.text import write_if_changed

_REMEDY = "pip install mermaidx"
#: Words within HTML would be left out, since nothing on paper shows HTML.
_MERMAID = {
    "theme": "neutral",
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False},
    "fontFamily": "sans-serif",
}


class DiagramsMixin(BaseTranslator):
    """Visitors for drawings, made where the program for it is there; else their source stands."""

    @whole_block
    def visit_graphviz(self, node: Element) -> str:
        return self._drawn(node, node["code"], node.get("options", {}), node.get("alt", ""))

    @whole_block
    def visit_inheritance_diagram(self, node: Element) -> str:
        graph, modules = node["graph"], node.get("content", "")
        code = graph.generate_dot("inheritance")
        bases = [f"{name} ← {', '.join(bases)}" for name, _, bases, _ in graph.class_info if bases]
        alone = [name for name, _, bases, _ in graph.class_info if not bases]
        return self._drawn(node, code, {}, f"Inheritance of {modules}", "\n".join([*alone, *bases]))

    def _drawn(
        self, node: Element, code: str, options: dict[str, Any], alt: str, words: str = ""
    ) -> str:
        path = None
        try:
            path = draw_graph(self, code, options, "svg")
        except GraphvizError as exc:
            warn(Subtype.OUTPUT, f"the graph cannot be drawn: {exc}", node)
        if path is None:
            self._undrawn("graph", "dot is not there to draw it", node)
            return f"#code-block({string(words or code)})\n"
        return self._placed(node, path.name, path.read_text(encoding="utf-8"), alt or code)

    def _undrawn(self, what: str, reason: str, node: Element) -> None:
        warn(Subtype.OUTPUT, f"the {what} is printed as its source: {reason}", node)

    def _placed(self, node: Element, name: str, svg: str, alt: str) -> str:
        missing = self.builder.put_drawing(name, svg)
        if missing:
            message = f"the drawing is printed without characters that no font has: {missing}"
            warn(Subtype.FONT, message, node)
        place = string(f"/{self.builder.imagedir}/{name}")
        return f"#picture({place}, alt: {string(alt)}{self.alignment(node)})\n"

    @whole_block
    def visit_mermaid(self, node: Element) -> str:
        code, reason = str(node["code"]), f"{_REMEDY}, and it is drawn"
        try:
            if made := _of_mermaid(code, Path(self.builder.doctreedir, "mermaid")):
                return self._placed(node, *made, node.get("alt") or code)
        except UnreadableImageError as exc:
            reason = str(exc)
        self._undrawn("diagram", reason, node)
        return f"#code-block({string(code)})\n"

    @whole_block
    def visit_plantuml(self, node: Element) -> str:
        self._undrawn("diagram", "PlantUML is not run here; let an image have what it draws", node)
        return f"#code-block({string(node['uml'])})\n"

    @whole_block
    def visit_video_node(self, node: Element) -> str:
        sources: list[tuple[Any, ...]] = node.get("sources", [])
        places = ", ".join(str(source[0]) for source in sources)
        warn(Subtype.OUTPUT, f"the film {places} cannot be printed, its name stands instead", node)
        words = " ".join(filter(None, (node.get("alt"), node.get("caption"))))
        return f"#no-picture[{escape(' '.join(filter(None, (words, places))))}]\n"

    @whole_block
    def visit_video(self, node: Element) -> str:
        """Print where a film of sphinxcontrib-youtube is: YouTube's, Vimeo's, PeerTube's."""
        place = node.get("instance") or node.get("platform_url", "")
        address = string(f"{place}{node.get('id', '')}{node.get('url_parameters', '')}")
        return f"#weblink({address})[#url-text({address})]\n"


def _of_mermaid(code: str, folder: Path) -> tuple[str, str] | None:
    """Give the name and the SVG of a diagram, nothing without ``mermaidx``, which needs no browser.

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
            svg = str(module.render(code, config=_MERMAID).svg())
        except Exception as exc:  # the errors of its engines have no class of their own
            raise UnreadableImageError(" ".join(str(exc).split())) from exc
        write_if_changed(path, svg)
    return name, path.read_text(encoding="utf-8")
