"""What Typst alone takes of memory for a page, and what the design adds: least files, no Sphinx.

    python benchmarks/memory.py [PAGES]

Each file is made in a process of its own: the same paragraphs of random words, as plain Typst
with and without tags, and in the design of the book with its contents and running heads.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[1] / "_ext/sphinx_annals/pdf/templates"
WORDS = "treaty friendship alliance between china soviet union signed moscow february port railway"
PLAIN = '#set page(width: 176mm, height: 250mm)\n#set text(lang: "en")\n#set par(justify: true)\n'
DESIGN = """#import "book.typ": *
#show: book.with(title: "Memory", main: ("Libertinus Serif",), mono: ("DejaVu Sans Mono",),
  sans: ("Libertinus Serif",), heading-fonts: ("Libertinus Serif",))
"""
FORMS = {"plain": (PLAIN, True), "plain, no tags": (PLAIN, False), "design": (DESIGN, True)}


def text(pages: int, design: bool) -> str:
    """Give paragraphs for so many pages, a chapter for each twenty and four sections in it."""
    chosen = random.Random(1)
    written = []
    for number in range(pages * 4):
        level = 1 if number % 80 == 0 else 2 if number % 16 == 0 else 0
        if level and design:
            kind = ("chapter", "section")[level - 1]
            written.append("#open-chapter()\n" if level == 1 else "")
            written.append(f'#hd("{kind}", {level}, "")[Part {number}]')
        elif level:
            written.append(f"{'=' * level} Part {number}")
        words = " ".join(chosen.choice(WORDS.split()) for _ in range(90))
        written.append(f"{words.capitalize()}.")
    return "\n\n".join(written)


def measure(source: Path, tags: bool) -> None:
    """Compile in this process, and print pages, megabytes and seconds of the processor."""
    import pikepdf
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(str(source), font_paths=fonts, ignore_system_fonts=True)
    compiler.compile(format="pdf", pdf_tags=tags, output=str(source.with_suffix(".pdf")))
    used = resource.getrusage(resource.RUSAGE_SELF)
    with pikepdf.open(source.with_suffix(".pdf")) as pdf:
        print(len(pdf.pages), used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)


def main(pages: int) -> None:
    """Measure each form, and print a table."""
    print("| form | pages | MB | MB a page | s |\n|:--|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES.glob("*.typ"):
            (folder / template.name).write_bytes(template.read_bytes())
        for form, (head, tags) in FORMS.items():
            source = folder / "measured.typ"
            source.write_text(head + text(pages, head is DESIGN), encoding="utf-8")
            command = [sys.executable, __file__, "--one", str(source), str(tags)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            made, size, seconds = map(float, done.stdout.split())
            print(f"| {form} | {made:.0f} | {size:.0f} | {size / made:.2f} | {seconds:.1f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(Path(sys.argv[2]), sys.argv[3] == "True")
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 1000)
