"""Time citing by key beside plain links, uncited text and stock sphinxcontrib-bibtex.

One command generates the same book four times and builds each to HTML in its own process:

    python benchmarks/citations.py [--docs 200] [--cites 120] [--entries 3000] [--no-stock]

It prints processor seconds, peak memory and ratios, and the same for a half-size book, so that
growth can be read off. Standard library and the extension alone.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import FAIR

EXT = Path(__file__).resolve().parent.parent / "_ext"
VARIANTS = ("uncited", "links", "citations", "stock")
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


def build(root: Path) -> tuple[float, float, float]:
    """Build once from nothing; processor seconds, wall-clock seconds, peak megabytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-c", RUN, str(root)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | FAIR
    )
    if done.returncode:
        raise SystemExit(f"{root.name} does not build:\n{done.stderr[-3000:]}")
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, wall, float(done.stdout.strip().splitlines()[-1]) / 1024


RUN = """
import resource, sys
from sphinx.cmd.build import build_main
root = sys.argv[1]
code = build_main(["-q", "-b", "html", "-d", root + "/_build/dt", root, root + "/_build/html"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


def measure(variants: list[str], docs: int, cites: int, entries: int) -> None:
    base = "links" if "links" in variants else variants[0]
    print(f"\n{docs} documents x {cites} citations, {entries} entries")
    print(f"{'':12}{'processor':>10}{'wall':>9}{'memory':>10}{f'of {base}':>14}")
    results: dict[str, tuple[float, float, float]] = {}
    folder = Path(tempfile.mkdtemp(prefix="citations-benchmark-"))
    try:
        for variant in variants:
            root = folder / variant
            generate(root, variant, docs, cites, entries)
            results[variant] = build(root)
            used, wall, memory = results[variant]
            ratio = used / results[base][0] if base in results else 0.0
            shown = f"{ratio:9.2f}x" if ratio else ""
            print(f"{variant:12}{used:9.1f}s{wall:8.1f}s{memory:8.0f}MB{shown:>14}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--docs", type=int, default=200)
    parser.add_argument("--cites", type=int, default=120)
    parser.add_argument("--entries", type=int, default=3000)
    parser.add_argument("--no-stock", action="store_true", help="leave out the slow stock package")
    parser.add_argument("--style", help="measure the house's style and this one, 500 citations")
    parser.add_argument("--no-half", action="store_true", help="measure the full size alone")
    options = parser.parse_args()
    compileall.compile_dir(EXT, quiet=1)
    if options.style:
        measure(["citations", options.style], 10, 50, 300)
        return
    variants = [name for name in VARIANTS if not (options.no_stock and name == "stock")]
    if not options.no_half:
        measure(variants, options.docs // 2, options.cites, options.entries // 2)
    measure(variants, options.docs, options.cites, options.entries)


if __name__ == "__main__":
    main()
