"""What Typst alone takes of memory for a page, and what references and the design add: least files.

    python benchmarks/memory.py [PAGES]

Each file is made in a process of its own: the same paragraphs of random words, as plain Typst
with and without tags, and in the design of the book with its contents and running heads, as the
builder lays it out.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "_ext/sphinx_annals/pdf/templates"
WORDS = "treaty friendship alliance between china soviet union signed moscow february port railway"
PLAIN = '#set page(width: 176mm, height: 250mm)\n#set text(lang: "en")\n#set par(justify: true)\n'
DESIGN = """#import "book.typ": *
#show: book.with(title: "Memory", main: ("Libertinus Serif",), mono: ("DejaVu Sans Mono",),
  heading-fonts: ("Libertinus Serif",))
"""
REFERENCES = 3
"""How many links within the book each paragraph has, of some 90 words."""


class Form(NamedTuple):
    """What is measured."""

    head: str
    tags: bool = True
    references: int = 0


FORMS = {
    "plain Typst": Form(PLAIN),
    "plain Typst, no tags": Form(PLAIN, tags=False),
    "plain Typst, with references": Form(PLAIN, references=REFERENCES),
    "plain Typst, with references, no tags": Form(PLAIN, tags=False, references=REFERENCES),
    "the design, with contents and running heads": Form(DESIGN),
    "the design, with references": Form(DESIGN, references=REFERENCES),
}


def text(pages: int, form: Form) -> str:
    """Give paragraphs for so many pages, a chapter for each twenty and four sections in it."""
    chosen = random.Random(1)
    written = []
    design, total = form.head is DESIGN, pages * 4
    for number in range(total):
        level = 1 if number % 80 == 0 else 2 if number % 16 == 0 else 0
        if level and design:
            kind = ("chapter", "section")[level - 1]
            written.append("#open-chapter()\n" if level == 1 else "")
            written.append(f'#hd("{kind}", {level}, "")[Part {number}]')
        elif level:
            written.append(f"{'=' * level} Part {number}")
        words = [chosen.choice(WORDS.split()) for _ in range(90)]
        for place in chosen.sample(range(1, 90), form.references):
            goal = f'label("p{chosen.randrange(total)}")'
            words[place] = f"#link({f'aim({goal})' if design else goal})[{words[place]}]"
        mark = f'#metadata(none)#label("p{number}")' if form.references else ""
        written.append(f"{mark}{' '.join(words).capitalize()}.")
    return "\n\n".join(written)


def measure(source: Path, form: Form) -> None:
    """Compile in this process, and print pages, megabytes and seconds of the processor."""
    import typst

    target = source.with_suffix(".pdf")

    def make(compiler: typst.Compiler) -> None:
        compiler.compile(format="pdf", pdf_tags=form.tags, output=str(target))

    fonts = typst.Fonts(include_system_fonts=False)
    if form.head is DESIGN:
        sys.path.insert(0, str(ROOT / "_ext"))
        from sphinx_annals.pdf.typesetting import lay_out, told_folder

        with told_folder(source) as folder:
            make(lay_out(source, folder, fonts, {}).book)
    else:
        make(typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True))
    used = resource.getrusage(resource.RUSAGE_SELF)
    pages = target.read_bytes().count(b"/Type/Page/")
    print(pages, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)


def main(pages: int) -> None:
    """Measure each form, and print a table."""
    print("| form | pages | MB | MB a page | s |\n|:--|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES.glob("*.typ"):
            (folder / template.name).write_bytes(template.read_bytes())
        for said, form in FORMS.items():
            source = folder / "measured.typ"
            source.write_text(form.head + text(pages, form), encoding="utf-8")
            command = [sys.executable, __file__, "--one", str(source), said]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            made, size, seconds = map(float, done.stdout.split())
            print(f"| {said} | {made:.0f} | {size:.0f} | {size / made:.2f} | {seconds:.1f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(Path(sys.argv[2]), FORMS[sys.argv[3]])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 1000)
