"""Time citing by key beside plain links, uncited text and stock sphinxcontrib-bibtex.

One command generates the same book four times and builds each to HTML in its own process:

    python benchmarks/citations.py [--docs 200] [--cites 120] [--entries 3000] [--no-stock]

It prints processor seconds, peak memory and ratios, and the same for a half-size book, so that
growth can be read off. Standard library and the extension alone.
"""

from __future__ import annotations

import argparse
import compileall
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import Cost, build

EXT = Path(__file__).resolve().parent.parent / "_ext"
VARIANTS = ("uncited", "links", "citations", "stock")
DOCS, ENTRIES, CITES = 200, 3000, 120
"""How many documents a book has, works, and citations in each document."""
NAMES = ("Heinzig", "Elleman", "Lawrance", "Shen", "Zhou", "Foot", "Ballis", "Knight", "Jersild")
WORDS = ["treaty", "border", "railway", "loan", "delegation", "protocol", "harbour", "article"]
CONF = """\
import sys
sys.path.insert(0, {ext!r})
project = "Benchmark"
html_theme = "basic"
extensions = ["myst_parser"{extensions}]
suppress_warnings = ["toc.not_included"]
{settings}
"""
SETTINGS = 'bibtex_bibfiles = ["references.bib"]\n'
STOCK = SETTINGS + 'bibtex_reference_style = "author_year"\nbibtex_default_style = "plain"\n'


def entry_facts(number: int) -> tuple[str, str, int]:
    """Key, name and year of one work."""
    name = f"{NAMES[number % len(NAMES)]}{number // 40}"
    return f"key{number}", name, 1950 + number % 70


def bib_text(entries: int) -> str:
    out = []
    for number in range(entries):
        key, name, year = entry_facts(number)
        out.append(
            f"@article{{{key},\n  author = {{{name}, Given}},\n  title = {{A Study of {number}}},\n"
            f"  journal = {{Journal}},\n  year = {{{year}}},\n  volume = {{{number % 50}}},\n"
            f"  pages = {{{number}--{number + 20}}},\n  doi = {{10.1000/{number}}},\n}}\n"
        )
    return "\n".join(out)


def citation(variant: str, number: int, page: int) -> str:
    key, name, year = entry_facts(number)
    if variant == "uncited":
        return f"({name} {year}, {page})"
    if variant == "links":
        return f"{{ref}}`({name} {year}, {page}) <{key}>`"
    return f"{{cite:p}}`{key}{{p. {page}}}`"


def hand_list(entries: int, *, targets: bool) -> str:
    """The reference list as an author without keys would write it."""
    out = ["# References\n"]
    for number in range(entries):
        key, name, year = entry_facts(number)
        mark = f"({key})=\n" if targets else ""
        out.append(
            f"{mark}{name}, Given. {year}. “A Study of {number}.” *Journal* {number % 50}: "
            f"{number}–{number + 20}. <https://doi.org/10.1000/{number}>.\n"
        )
    return "\n".join(out)


def generate(root: Path, variant: str, docs: int, cites: int, entries: int) -> None:
    rng = random.Random(1950)
    root.mkdir(parents=True)
    ours = ', "sphinx_annals.citations"'
    extensions = {"uncited": "", "links": "", "stock": ', "sphinxcontrib.bibtex"'}
    settings = {"uncited": "", "links": "", "citations": SETTINGS, "stock": STOCK}
    # any other name is that of a style
    extra = extensions.get(variant, ours)
    setting = settings.get(variant, f"{SETTINGS}citations_style = {variant!r}\n")
    conf = CONF.format(ext=str(EXT), extensions=extra, settings=setting)
    (root / "conf.py").write_text(conf)
    (root / "references.bib").write_text(bib_text(entries))
    names = [f"doc{number:03}" for number in range(docs)]
    tree = "\n".join(names)
    (root / "index.md").write_text(f"# Book\n\n```{{toctree}}\n{tree}\nbib\n```\n")
    if variant in ("uncited", "links"):
        text = hand_list(entries, targets=variant == "links")
    else:
        text = "# References\n\n```{bibliography}\n:all:\n```\n"
    (root / "bib.md").write_text(text)
    for name in names:
        lines = [f"# Chapter {name}\n"]
        for number in range(cites):
            if number % 20 == 0:
                lines.append(f"\n## Section {number // 20}\n")
            words = " ".join(rng.choice(WORDS) for _ in range(25))
            work, page = rng.randrange(entries), rng.randrange(400)
            lines.append(f"The {words} {citation(variant, work, page)}.\n")
        (root / f"{name}.md").write_text("\n".join(lines))


def costs_of(
    variants: Sequence[str], docs: int, entries: int, cites: int = CITES
) -> dict[str, Cost]:
    """Build the book in each form from nothing, print what it costs, and give that."""
    base = "links" if "links" in variants else variants[0]
    print(f"\n{docs} documents x {cites} citations, {entries} entries")
    print(f"{'':12}{'processor':>10}{'wall':>9}{'memory':>10}{f'of {base}':>14}")
    results: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory(prefix="citations-benchmark-") as folder:
        for variant in variants:
            root = Path(folder, variant)
            generate(root, variant, docs, cites, entries)
            cost = results[variant] = build(root, Path(folder, f"{variant}-out"), strict=False)
            shown = f"{cost.cpu / results[base].cpu:9.2f}x" if base in results else ""
            told = f"{cost.cpu:9.1f}s{cost.wall:8.1f}s{cost.memory:8.0f}MB{shown:>14}"
            print(f"{variant:12}{told}", flush=True)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--docs", type=int, default=DOCS)
    parser.add_argument("--cites", type=int, default=CITES)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--no-stock", action="store_true", help="leave out the slow stock package")
    parser.add_argument("--style", help="measure the house's style and this one, 500 citations")
    parser.add_argument("--no-half", action="store_true", help="measure the full size alone")
    options = parser.parse_args()
    compileall.compile_dir(EXT, quiet=1)
    if options.style:
        costs_of(["citations", options.style], 10, 300, 50)
        return
    variants = [name for name in VARIANTS if not (options.no_stock and name == "stock")]
    if not options.no_half:
        costs_of(variants, options.docs // 2, options.entries // 2, options.cites)
    costs_of(variants, options.docs, options.entries, options.cites)


if __name__ == "__main__":
    main()
