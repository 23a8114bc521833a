"""Documents, parts, headings."""

from collections import Counter
from itertools import takewhile

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import clean, escape, label, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.translator.base import BaseTranslator, line, whole
from sphinx_annals.pdf.typesetting import BLOCK_END
from sphinx_annals.pdf.volume import first
from sphinx_annals.walking import each

#: Where so many sections have one title, it tells nothing in the contents.
REPEATED = 3


def _has_preface(tree: nodes.document) -> bool:
    """Tell whether the start document says anything before the first document that it binds."""
    inner = (nodes.section, addnodes.start_of_file)
    children = (first(tree, nodes.section) or tree).children
    before = takewhile(lambda node: not each(node, *inner), children)
    said = [node for node in before if not isinstance(node, nodes.title | nodes.Invisible)]
    has_more = next(tree.findall(addnodes.start_of_file), None) is not None
    return has_more and any(node.astext().strip() for node in said)


def _has_words(title: Element) -> bool:
    """Tell whether a title says anything: images and comments have no words that are printed.

    Marks of notes are not repeated in the contents.
    """
    silent = nodes.raw | nodes.footnote_reference
    said = (text for text in title.findall(nodes.Text) if not isinstance(text.parent, silent))
    return any(map(str.isprintable, clean("".join(said)).strip()))


class StructureMixin(BaseTranslator):
    """Visitors for the skeleton of the book."""

    section_level = 0
    last_level = 0
    _root_title_seen = False
    _chapters_passed = 0
    _in_back = False
    in_part = False
    _appendices = 0

    def visit_document(self, node: nodes.document) -> None:
        self._titles = Counter(section[0].astext() for section in self.every(nodes.section))
        self.later(self.anchor(self.label_name(self.docname)))
        self.in_preface = _has_preface(node)
        if self.in_preface:
            self.append("\n\n#preface()\n")
            self.flush()

    def visit_start_of_file(self, node: Element) -> None:
        self.in_preface = False
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
        self.context.append("title")
        title = self.render(*node.children).strip()
        self.context.pop()
        if not _has_words(node):
            self._no_title(node, depth, title)
            return
        if entitled := node.get("entitled"):
            title = f"#in-contents({string(entitled)}){title}"
        # PDF/UA wants levels without gaps, whatever the author wrote.
        self.last_level = level = min(depth + self.in_part, self.last_level + 1)
        number = ".".join(map(str, self._section_number(section)))
        if depth == 1:
            self._begin_back(number)
        if depth == 1 and section.parent.get("appendix"):
            self._appendices += 1
            number = chr(ord("A") + (self._appendices - 1) % 26)
        line = node.line or section.line
        self.append("\n\n" + (self.source_mark(line) if line else ""))
        if depth == 1:
            self.append("#open-chapter()\n")
            self.flush()  # behind the page break: the anchors belong to the new page
        kind = "chapter" if depth == 1 else "section"
        tells = depth == 1 or self._titles[node.astext()] < REPEATED
        more = "" if tells else ", outlined: false"
        head = f"#hd({string(kind)}, {level}, {string(number)}{more})"
        name = self.label_name(self.docname, section["ids"][0]) if section["ids"] else ""
        # On the heading itself, so that a link leads above its line; its other ids follow it.
        own = f"#{label(name)}" if name and name not in self.defined else ""
        self.defined.add(name)
        words = escape(node.astext())
        self.append(self.block_mark(line, lambda: f"{head}[{words}]{own}"))
        self.append(f"{head}[{title}]{own}")
        self.later(self.anchors(section))
        self.flush()
        self.append(BLOCK_END)

    def _no_title(self, node: Element, depth: int, shown: str) -> None:
        """Go on without a heading that has no words, which PDF/UA refuses; its image is printed."""
        message = "the heading has no words, so that no contents can name it; write some"
        warn(Subtype.HEADING, message, node)
        self.append("\n\n#open-chapter()\n" if depth == 1 else "\n\n")
        self.later(self.anchors(node.parent))
        self.flush()
        self.append(f"{shown}\n")

    def _begin_back(self, number: str) -> None:
        """Begin the back matter with the first chapter without a number after the last with one."""
        if number:
            self._chapters_passed += 1
        elif not self._in_back and 0 < self._numbered_chapters() <= self._chapters_passed:
            self._in_back = True
            self.append("\n\n#show: back-matter\n")

    def _numbered_chapters(self) -> int:
        numbers = self.builder.env.toc_secnumbers
        return sum(len(numbers.get(name, {}).get("") or ()) == 1 for name in self.builder.targets)

    def _section_number(self, section: Element) -> tuple[int, ...]:
        """Give the number that Sphinx gave to *section*, from ``env.toc_secnumbers``."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        for name in section["ids"]:
            if f"#{name}" in numbers:
                return tuple(numbers[f"#{name}"] or ())
        first = isinstance(section.parent, addnodes.start_of_file | nodes.document)
        return tuple(numbers.get("") or ()) if first else ()

    visit_subtitle, visit_rubric = line("subtitle-line"), line("rubric")
