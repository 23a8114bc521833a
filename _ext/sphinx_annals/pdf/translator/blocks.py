"""Paragraphs, quotations, code, figures, images and set-off blocks."""

# ruff: noqa: D102 - visit_ and depart_ methods follow one protocol
from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import admonitionlabels

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import escape, size, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator

if TYPE_CHECKING:
    from docutils.nodes import Element

#: Admonitions with a colour of their own in the template; the others look like a note.
_LOUD = frozenset({"warning", "caution", "danger", "error", "attention", "important"})


class BlocksMixin(BaseTranslator):
    """Visitors for the blocks of the text."""

    def visit_paragraph(self, node: Element) -> None:
        self.open_block(node)

    def depart_paragraph(self, node: Element) -> None:
        self.append("\n")

    def visit_compact_paragraph(self, node: Element) -> None:
        self.visit_paragraph(node)

    def depart_compact_paragraph(self, node: Element) -> None:
        self.depart_paragraph(node)

    def visit_compound(self, node: Element) -> None:
        pass

    def depart_compound(self, node: Element) -> None:
        pass

    visit_container = visit_acks = visit_compound
    depart_container = depart_acks = depart_compound

    def visit_centered(self, node: Element) -> None:
        self.begin_block("align(center)")

    def depart_centered(self, node: Element) -> None:
        self.end_block()

    # Quotations and verse

    def visit_block_quote(self, node: Element) -> None:
        self.begin_block("quotation")

    def depart_block_quote(self, node: Element) -> None:
        self.end_block()

    def visit_attribution(self, node: Element) -> None:
        self.append(f"\n\n#attribution[{self.render(*node.children)}]\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: Element) -> None:
        self.begin_block("verse")

    def depart_line_block(self, node: Element) -> None:
        self.end_block()

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

    def visit_admonition(self, node: Element) -> None:
        self._named_block(node, "admonition")

    def visit_Admonition(self, node: Element) -> None:
        """Print what extensions derive from it."""
        self._named_block(node, "admonition")

    def depart_Admonition(self, node: Element) -> None:
        self.end_block()

    def _named_block(self, node: Element, function: str) -> None:
        title = ""
        if node.children and isinstance(node[0], nodes.title):
            title = self.render(*node[0].children)
            marks = self.anchors(node[0])
            node.pop(0)
            title = marks + title
        kind = next((c for c in node["classes"] if c in _LOUD), "note")
        extra = f"kind: {string(kind)}, " if function == "admonition" else ""
        self.begin_block(f"{function}({extra}title: [{title}])")

    def depart_admonition(self, node: Element) -> None:
        self.end_block()

    def _visit_standard(self, node: Element) -> None:
        name = node.tagname
        self._admonition(node, name, escape(str(admonitionlabels[name])))

    visit_attention = visit_caution = visit_danger = visit_error = _visit_standard
    visit_hint = visit_important = visit_note = visit_tip = _visit_standard
    visit_warning = visit_seealso = _visit_standard
    depart_attention = depart_caution = depart_danger = depart_error = depart_admonition
    depart_hint = depart_important = depart_note = depart_tip = depart_admonition
    depart_warning = depart_seealso = depart_admonition

    def visit_topic(self, node: Element) -> None:
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self._named_block(node, "aside")

    depart_topic = depart_admonition

    def visit_sidebar(self, node: Element) -> None:
        self._named_block(node, "aside")

    depart_sidebar = depart_admonition

    def visit_versionmodified(self, node: Element) -> None:
        self.begin_block("version-note")

    depart_versionmodified = depart_admonition

    def visit_system_message(self, node: Element) -> None:
        self._admonition(node, "error", escape(f"System message {node.get('type', '')}".strip()))

    depart_system_message = depart_admonition

    def visit_transition(self, node: Element) -> None:
        self.open_block(node)
        self.append("#ornament()\n")
        raise nodes.SkipNode

    # Figures and images

    def visit_figure(self, node: Element) -> None:
        self.open_block(node)
        align = node.get("align")
        place = f", align: {align}" if align in {"left", "right"} else ""
        caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
        legend = [c for c in node.children if isinstance(c, nodes.legend)]
        rest = [c for c in node.children if c is not caption and c not in legend]
        body = self.render(*rest)
        under = self.render(*[n for part in legend for n in part.children])
        title = self.caption(node, caption, "figure")
        if "#picture(" not in body:  # PDF/UA wants words for whatever a figure shows
            words = " ".join(
                c.astext() for c in (*rest, *([caption] if caption is not None else []))
            ).split()
            title += f", alt: {string(' '.join(words) or 'Figure')}"
        self.append(f"#fig({title}, legend: [{under}]{place})[{body}]\n")
        raise nodes.SkipNode

    def caption(self, node: Element, caption: Element | None, kind: str) -> str:
        """Return the arguments that number and name a captioned *node*."""
        self.context.append("title")
        text = self.render(*caption.children).strip() if caption is not None else ""
        marks = self.anchors(caption) if caption is not None else ""
        self.context.pop()
        number = self._figure_number(node, kind)
        return f"number: {string(number)}, caption: {f'[{marks}{text}]' if text else 'none'}"

    def _figure_number(self, node: Element, kind: str) -> str:
        """Return "Fig. 1.2" as Sphinx numbers it, from ``env.toc_fignumbers``."""
        kinds = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((kinds[name] for name in node["ids"] if name in kinds), ())
        if not number:
            return ""
        form = str(self.config.numfig_format.get(kind, "%s"))
        return form.replace("%s", ".".join(map(str, number))).strip()

    def visit_image(self, node: Element) -> None:
        uri = node["uri"]
        holder = node.parent
        while isinstance(holder, nodes.reference):
            holder = holder.parent
        inline = isinstance(holder, nodes.TextElement)
        if not inline and not isinstance(node.parent, nodes.figure | nodes.reference):
            self.open_block(node)
        name = self.builder.images.get(uri)
        if name is None:
            self._no_image(node, uri)
            raise nodes.SkipNode
        alt = node.get("alt") or self._missing_alt(node, name)
        measures = self._image_size(node)
        path = string(f"/{self.builder.imagedir}/{name}")
        align = node.get("align")
        place = f", align: {align}" if align in {"left", "right"} and not inline else ""
        self.append(
            f"#picture({path}, alt: {string(alt)}, inline: {str(inline).lower()}{measures}{place})"
        )
        self.append("" if inline else "\n")
        raise nodes.SkipNode

    def _image_size(self, node: Element) -> str:
        found = {key: size(str(node[key])) for key in ("width", "height") if node.get(key)}
        lengths = "".join(f", {key}: {code}" for key, code in found.items() if code)
        return lengths + (f", scale: {int(node['scale'])}" if node.get("scale") else "")

    def _no_image(self, node: Element, uri: str) -> None:
        message = f"the image {uri} cannot be printed, its alternative text stands instead"
        warn(Subtype.IMAGE, message, node)
        self.text(f"[{node.get('alt') or uri}]")

    def _missing_alt(self, node: Element, name: str) -> str:
        figure = node.parent if isinstance(node.parent, nodes.figure) else None
        caption = (
            next((c for c in figure.children if isinstance(c, nodes.caption)), None)
            if figure
            else None
        )
        message = f"the image {name} has no alternative text; add ':alt:' with what it shows"
        warn(Subtype.ALT, message, node)
        return caption.astext() if caption is not None else f"Image {name}"
