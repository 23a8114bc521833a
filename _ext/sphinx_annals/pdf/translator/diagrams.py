"""What other programs draw or play: graphs, diagrams, films."""

from typing import Any

from docutils.nodes import Element
from sphinx.ext.graphviz import GraphvizError

from sphinx_annals.fences.sphinx import draw_graph
from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import escape, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, whole_block


class DiagramsMixin(BaseTranslator):
    """Visitors for graphs, which are drawn if Graphviz is there, and else stand as their source."""

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
            self._undrawn("graph", "dot", node)
            return f"#code-block({string(words or code)})\n"
        place = string(f"/{self.builder.imagedir}/{path.name}")
        return f"#picture({place}, alt: {string(alt or code)})\n"

    def _undrawn(self, what: str, program: str, node: Element) -> None:
        message = f"the {what} is printed as its source: {program} is not there to draw it"
        warn(Subtype.OUTPUT, message, node)

    @whole_block
    def visit_mermaid(self, node: Element) -> str:
        self._undrawn("diagram", "Typst", node)
        return f"#code-block({string(node['code'])})\n"

    @whole_block
    def visit_video_node(self, node: Element) -> str:
        sources: list[tuple[Any, ...]] = node.get("sources", [])
        places = ", ".join(str(source[0]) for source in sources)
        warn(Subtype.OUTPUT, f"the film {places} cannot be printed, its name stands instead", node)
        words = " ".join(filter(None, (node.get("alt"), node.get("caption"))))
        return f"#no-picture[{escape(' '.join(filter(None, (words, places))))}]\n"
