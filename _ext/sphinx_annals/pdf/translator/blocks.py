"""Paragraphs, quotations, code, figures, images and set-off blocks."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Element
from sphinx.locale import admonitionlabels

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import escape, size, string, value
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, alignment, first
from sphinx_annals.pdf.translator.visitors import block, end_block


class BlocksMixin(BaseTranslator):
    """Visitors for the blocks of the text."""

    def visit_paragraph(self, node: Element) -> None:
        self.open_block(node)

    def depart_paragraph(self, node: Element) -> None:
        self.append("\n")

    visit_centered, depart_centered = block("align(center)")

    # Quotations and verse

    visit_block_quote, depart_block_quote = block("quotation")

    def visit_attribution(self, node: Element) -> None:
        self.append(f"\n\n#attribution[{self.render(*node.children)}]\n")
        raise nodes.SkipNode

    visit_line_block, depart_line_block = block("verse")

    def visit_line(self, node: Element) -> None:
        self.flush()

    def depart_line(self, node: Element) -> None:
        last = node.parent.index(node) == len(node.parent) - 1
        self.append("#sym.zws" if not node.children else "")
        self.append("" if last else " \\\n")

    # Code and what looks like it

    def visit_caption(self, node: Element) -> None:
        """Print the caption of a code block; figures and tables write their own."""
        number = self._figure_number(node.parent, "code-block")
        self.open_block(node)
        self.append(f"#listing-title({string(number)})[{self.render(*node.children)}]\n")
        raise nodes.SkipNode

    def visit_literal_block(self, node: Element) -> None:
        self.open_block(node)
        self.append(f"#code-block({string(node.astext())})\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_math_block(self, node: Element) -> None:
        self.open_block(node)
        number = node.get("number")
        label = string(f"({number})") if number else "none"
        self.append(f"#math-block({string(node.astext())}, {label})\n")
        raise nodes.SkipNode

    def visit_productionlist(self, node: Element) -> None:
        self.open_block(node)
        lines = []
        for item in node.children:
            if isinstance(item, nodes.Element):
                self.append(self.anchors(item))
                lines.append(item.astext())
        self.append(f"#code-block({string(chr(10).join(lines))})\n")
        raise nodes.SkipNode

    # Set-off blocks

    def _admonition(self, node: Element, kind: str, title: str) -> None:
        self.begin_block(f"admonition(kind: {string(kind)}, title: [{title}])")

    def _take_title(self, node: Element) -> str:
        """Give the title of a block, which stands in the arguments and not in the content."""
        title = node.children[0] if node.children else None
        if not isinstance(title, nodes.title):
            return ""
        node.pop(0)
        text = self.render(*title.children)
        return self.anchors(title) + text

    def visit_admonition(self, node: Element) -> None:
        # A class may make it look like one of those that docutils has.
        kind = next((c for c in node["classes"] if c in admonitionlabels), "note")
        self._admonition(node, kind, self._take_title(node))

    visit_Admonition = visit_admonition  # what extensions derive from it

    def _visit_standard(self, node: Element) -> None:
        name = node.tagname
        self._admonition(node, name, escape(str(admonitionlabels[name])))

    visit_attention = visit_caution = visit_danger = visit_error = _visit_standard
    visit_hint = visit_important = visit_note = visit_tip = _visit_standard
    visit_warning = visit_seealso = _visit_standard
    depart_attention = depart_caution = depart_danger = depart_error = end_block
    depart_hint = depart_important = depart_note = depart_tip = end_block
    depart_warning = depart_seealso = depart_admonition = depart_Admonition = end_block

    def visit_topic(self, node: Element) -> None:
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self.visit_sidebar(node)

    def visit_sidebar(self, node: Element) -> None:
        self.begin_block(f"aside(title: [{self._take_title(node)}])")

    depart_topic = depart_sidebar = depart_system_message = end_block
    visit_versionmodified, depart_versionmodified = block("version-note")

    def visit_system_message(self, node: Element) -> None:
        self._admonition(node, "error", escape(f"System message {node.get('type', '')}".strip()))

    def visit_transition(self, node: Element) -> None:
        self.open_block(node)
        self.append("#ornament()\n")
        raise nodes.SkipNode

    # Figures and images

    def visit_figure(self, node: Element) -> None:
        self.open_block(node)
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
        self.append(f"#fig({title}, legend: [{under}]{alignment(node)})[{body}]\n")
        raise nodes.SkipNode

    def caption(self, node: Element, caption: Element | None, kind: str) -> str:
        """Give the arguments that number and name a captioned *node*."""
        shown = "none"
        if caption is not None:
            self.context.append("title")
            text = self.render(*caption.children).strip()
            shown = f"[{self.anchors(caption)}{text}]" if text else shown
            self.context.pop()
        return f"number: {string(self._figure_number(node, kind))}, caption: {shown}"

    def _figure_number(self, node: Element, kind: str) -> str:
        """Give "Fig. 1.2" as Sphinx numbers it, from ``env.toc_fignumbers``."""
        kinds = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((kinds[name] for name in node["ids"] if name in kinds), ())
        if not number:
            return ""
        form = str(self.config.numfig_format.get(kind, "%s"))
        return form.replace("%s", ".".join(map(str, number))).strip()

    def visit_image(self, node: Element) -> None:
        uri = node["uri"]
        holder = node.parent
        while isinstance(holder, nodes.reference):  # an image that is a link stands where that does
            holder = holder.parent
        inline = isinstance(holder, nodes.TextElement)
        if not inline and not isinstance(node.parent, nodes.figure | nodes.reference):
            self.open_block(node)
        name = self.builder.images.get(uri)
        if name is None:
            message = f"the image {uri} cannot be printed, its alternative text stands instead"
            warn(Subtype.IMAGE, message, node)
            self.text(f"[{node.get('alt') or uri}]")
            raise nodes.SkipNode
        alt = node.get("alt") or self._missing_alt(node, name)
        measures = self._image_size(node)
        path = string(f"/{self.builder.imagedir}/{name}")
        place = "" if inline else alignment(node)
        shape = f"inline: {value(inline)}{measures}{place}"
        self.append(f"#picture({path}, alt: {string(alt)}, {shape})")
        self.append("" if inline else "\n")
        raise nodes.SkipNode

    def _image_size(self, node: Element) -> str:
        found = {key: size(str(node[key])) for key in ("width", "height") if node.get(key)}
        lengths = "".join(f", {key}: {code}" for key, code in found.items() if code)
        return lengths + (f", scale: {int(node['scale'])}" if node.get("scale") else "")

    def _missing_alt(self, node: Element, name: str) -> str:
        caption = first(node.parent, nodes.caption)
        message = f"the image {name} has no alternative text; add ':alt:' with what it shows"
        warn(Subtype.ALT, message, node)
        return caption.astext() if caption is not None else f"Image {name}"
