"""Documents, parts, headings."""

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from sphinx_annals.pdf.markup import label, string
from sphinx_annals.pdf.translator.base import BaseTranslator, line, whole


class StructureMixin(BaseTranslator):
    """Visitors for the skeleton of the book."""

    section_level = 0
    last_level = 0
    _root_title_seen = False
    in_part = False
    _appendices = 0

    def visit_document(self, node: nodes.document) -> None:
        self.later(self.anchor(self.label_name(self.docname)))

    def visit_start_of_file(self, node: Element) -> None:
        self.docnames.append(node["docname"])
        self.later(self.anchor(self.label_name(self.docname)))

    def depart_start_of_file(self, node: Element) -> None:
        self.flush()
        self.docnames.pop()

    @whole
    def visit_part(self, node: Element) -> str:
        self.begin_main()
        self.in_part = True
        self.last_level = 1  # the part is the heading of that level, chapters stand below it
        return f'\n\n#open-part()\n#hd("part", 1, "")[{self.render(*node[0].children)}]\n'

    def visit_section(self, node: Element) -> None:
        self.section_level += 1

    def depart_section(self, node: Element) -> None:
        self.flush()
        self.section_level -= 1

    def visit_title(self, node: Element) -> None:
        if isinstance(node.parent, nodes.section):
            self._section_title(node)
        else:
            self.append(f"\n\n#block-title[{self.render(*node.children)}]\n")
        raise nodes.SkipNode

    def _section_title(self, node: Element) -> None:
        section = node.parent
        is_first = self.section_level == 1 and not self._root_title_seen
        if is_first and len(self.docnames) == 1:  # it is on the title page already
            self._root_title_seen = True
            self.later(self.anchors(section))
            return
        self.begin_main()
        depth = max(1, self.section_level - self._root_title_seen)
        # PDF/UA wants levels without gaps, whatever the author wrote.
        self.last_level = level = min(depth + self.in_part, self.last_level + 1)
        self.context.append("title")
        title = self.render(*node.children).strip()
        self.context.pop()
        number = ".".join(map(str, self._section_number(section)))
        if depth == 1 and section.parent.get("appendix"):
            self._appendices += 1
            number = chr(ord("A") + (self._appendices - 1) % 26)
        self.append("\n\n")
        if depth == 1:
            self.append("#open-chapter()\n")
            self.flush()  # behind the page break: the anchors belong to the new page
        kind = "chapter" if depth == 1 else "section"
        self.append(f"#hd({string(kind)}, {level}, {string(number)})[{title}]")
        name = self.label_name(self.docname, section["ids"][0]) if section["ids"] else ""
        # On the heading itself, so that a link leads above its line; its other ids follow it.
        if name and name not in self.defined:
            self.defined.add(name)
            self.append(f"#{label(name)}")
        self.later(self.anchors(section))
        self.flush()
        self.append("\n")

    def _section_number(self, section: Element) -> tuple[int, ...]:
        """Give the number that Sphinx gave to *section*, from ``env.toc_secnumbers``."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        for name in section["ids"]:
            if f"#{name}" in numbers:
                return tuple(numbers[f"#{name}"] or ())
        first = isinstance(section.parent, addnodes.start_of_file | nodes.document)
        return tuple(numbers.get("") or ()) if first else ()

    visit_subtitle, visit_rubric = line("subtitle-line"), line("rubric")
