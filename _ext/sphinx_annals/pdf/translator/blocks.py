"""Paragraphs, quotations, code, figures, images and set-off blocks."""

from itertools import takewhile

from docutils import nodes
from docutils.nodes import Element
from sphinx.locale import admonitionlabels

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import escape, size, string, value
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, around, inside, whole, whole_block
from sphinx_annals.pdf.volume import elements, first, picture_line


def _cites(node: nodes.Node) -> bool:
    return isinstance(node, Element) and "citation-group" in node["classes"]


class BlocksMixin(BaseTranslator):
    """Visitors for the blocks of the text."""

    visit_paragraph, depart_paragraph = BaseTranslator.open_block, around("", "\n")[1]
    # A line that stands in no block of lines, as extensions have it.
    visit_line, depart_line = visit_paragraph, depart_paragraph

    def visit_picture_line(self, node: Element) -> None:
        asked = (image.get("align") for image in node.findall(nodes.image))
        place = next((name for name in asked if name in {"left", "right"}), "center")
        self.begin_block(f"picture-line(align: {place})", node)

    depart_picture_line = BaseTranslator.end_block
    visit_centered, depart_centered = inside("align(center)")

    # Quotations and verse

    visit_block_quote, depart_block_quote = inside("quotation")

    visit_attribution, depart_attribution = inside("attribution")

    @whole_block
    def visit_line_block(self, node: Element) -> str:
        lines = ""
        for child in elements(node):
            if isinstance(child, nodes.line_block):
                lines += self.render(child)
            else:
                lines += f"#[{self.anchors(child)}{self.render(*child.children)}] \\\n"
        return f"#verse[{lines}]\n"

    # Set-off blocks

    def _take_title(self, node: Element) -> str:
        """Give the title of a block, which stands in the arguments and not in the content."""
        title = node.children[0] if node.children else None
        if not isinstance(title, nodes.title):
            return ""
        node.pop(0)
        text = self.render(*title.children)
        return self.anchors(title) + text

    # All that docutils and Sphinx have, and what extensions derive, have this class.
    def visit_Admonition(self, node: Element) -> None:
        kind = node.tagname
        if kind in admonitionlabels:
            title = escape(str(admonitionlabels[kind]))
        else:  # a class may make it look like one of those
            kind = next((c for c in node["classes"] if c in admonitionlabels), "note")
            title = " ".join(filter(None, (self._counted(node), self._take_title(node))))
        self.begin_block(f"admonition(kind: {string(kind)}, title: [{title}])")

    def _counted(self, node: Element) -> str:
        """Give the name and the number of what extensions count, such as theorems."""
        standard = self._domains.standard_domain
        counter = node.get("countertype") or standard.get_enumerable_node_type(node)
        name = node.get("realtype", "")
        number = self.figure_number(node, counter, name) if counter else ""
        return escape((number or name).capitalize() if name else number)

    def visit_topic(self, node: Element) -> None:
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self.visit_sidebar(node)

    def visit_sidebar(self, node: Element) -> None:
        self.begin_block(f"aside(title: [{self._take_title(node)}])")

    depart_Admonition = depart_topic = depart_sidebar = BaseTranslator.end_block
    visit_versionmodified, depart_versionmodified = inside("version-note")

    visit_transition = whole_block(lambda self, node: "#ornament()\n")

    # Figures and images

    @whole_block
    def visit_figure(self, node: Element) -> str:
        caption = first(node, nodes.caption)
        legend = [c for c in node.children if isinstance(c, nodes.legend)]
        rest = [c for c in node.children if c is not caption and c not in legend]
        body = self.render(*rest)
        under = self.render(*[n for part in legend for n in part.children])
        title = self.caption(node, caption, "figure")
        if "#picture(" not in body:  # PDF/UA wants words for whatever a figure shows
            shown = rest if caption is None else [*rest, caption]
            words = " ".join(" ".join(child.astext() for child in shown).split())
            title += f", alt: {string(words or 'Figure')}"
        return f"#fig({title}, legend: [{under}]{self.alignment(node)})[{body}]\n"

    def caption(self, node: Element, caption: Element | None, kind: str) -> str:
        """Give the arguments that number and name a captioned *node*."""
        shown = "none"
        if caption is not None:
            self.context.append("title")
            text = self._named(caption)
            shown = f"[{self.anchors(caption)}{text}]" if text else shown
            self.context.pop()
        return f"number: {string(self.figure_number(node, kind))}, caption: {shown}"

    def _named(self, caption: Element) -> str:
        """Give a caption; lists of figures and tables have it as far as its sources."""
        name = list(takewhile(lambda child: not _cites(child), caption.children))
        rest = self.render(*caption.children[len(name) :]).strip()
        text = self.render(*name).strip()
        return f"{text}#only-here[ {rest}]" if text and rest else text or rest

    @whole
    def visit_image(self, node: Element) -> str:
        uri = node["uri"]
        holder = node.parent
        while isinstance(holder, nodes.reference):  # an image that is a link stands where that does
            holder = holder.parent
        inline = isinstance(holder, nodes.TextElement)
        if not inline and not isinstance(node.parent, nodes.figure | nodes.reference):
            self.open_block(node)
        name = self.builder.images.get(uri)
        if name is None:
            return self._no_picture(node, inline)
        if missing := self.builder.undrawn.pop(uri, ""):
            message = f"the image {uri} is printed without characters that no font has: {missing}"
            remedy = "draw them as paths, or write letters without marks"
            warn(Subtype.FONT, f"{message}; {remedy}", node)
        if uri in self.builder.without_html:
            self.builder.without_html.remove(uri)
            message = f"the image {uri} is printed without its HTML, which only browsers set"
            warn(Subtype.IMAGE, f"{message}; let it have text of SVG", node)
        # PDF/UA refuses the whole book for one image without words.
        alt = node.get("alt") or self._missing_alt(node, name)
        measures = self._image_size(node)
        path = string(f"/{self.builder.imagedir}/{name}")
        place = "" if inline else self.alignment(node)
        whole_size = ", whole: true" if isinstance(holder, picture_line) else ""
        shape = f"inline: {value(inline)}{measures}{place}{whole_size}"
        return f"#picture({path}, alt: {string(alt)}, {shape})" + ("" if inline else "\n")

    def _no_picture(self, node: Element, inline: bool) -> str:
        uri = node["uri"]
        reason = self.builder.unreadable.get(uri)
        because = f" ({reason})" if reason else ""
        message = f"the image {uri} cannot be printed{because}, its alternative text stands instead"
        warn(Subtype.IMAGE, message, node)
        words = escape(node.get("alt") or uri)
        return rf"\[{words}\]" if inline else f"#no-picture[{words}]\n"

    def _image_size(self, node: Element) -> str:
        found = {key: size(str(node[key])) for key in ("width", "height") if node.get(key)}
        lengths = "".join(f", {key}: {code}" for key, code in found.items() if code)
        return lengths + (f", scale: {int(node['scale'])}" if node.get("scale") else "")

    def _missing_alt(self, node: Element, name: str) -> str:
        caption = first(node.parent, nodes.caption)
        message = f"the image {name} has no alternative text; add ':alt:' with what it shows"
        warn(Subtype.ALT, message, node)
        return caption.astext() if caption is not None else f"Image {name}"
