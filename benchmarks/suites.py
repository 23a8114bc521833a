"""The suites: what is built, and what is made of the measurements."""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, replace
from math import log
from pathlib import Path
from statistics import median

from citations import DOCS, ENTRIES, VARIANTS, costs_of
from corpus import Corpus, make
from forms import EXTENSIONS, FORMS
from growth import CASES, Case
from measure import Cost, build, run
from report import Goal, Result, spread

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
_VIEWS = "# Views\n\n```{timeline}\n```\n\n```{event-table}\n```\n"
_LISTED = "# Views\n\n```{listed}\n```\n"
_NO_INDICES = "html_domain_indices = False\nhtml_use_index = False\n"

Rounds = list[Cost]
"""What one thing cost, in each round."""


@dataclass(frozen=True)
class Bench:
    """What the options ask for, and where to work."""

    folder: Path
    sizes: list[int]
    rounds: int

    def project(self, form: str, corpus: Corpus, name: str, extra: dict[str, str]) -> Path:
        """Write a project of one form into a folder of its own."""
        source = self.folder / f"{name}-{len(corpus.events)}"
        shutil.rmtree(source, ignore_errors=True)
        FORMS[form].write(corpus, source, extra)
        return source

    def fresh(
        self, source: Path, jobs: int = 1, *, builder: str = "html", strict: bool = True
    ) -> Cost:
        """Build a project from nothing."""
        for name in ("out", "doctrees"):
            shutil.rmtree(self.folder / f"{source.name}-{name}", ignore_errors=True)
        output = self.folder / f"{source.name}-out"
        cost = build(source, output, builder=builder, jobs=jobs, strict=strict)
        print(
            f"    {source.name}: {cost.cpu:.1f} s processor, {cost.wall:.1f} s elapsed, "
            f"{cost.memory:.0f} MiB",
            file=sys.stderr,
            flush=True,
        )
        return cost

    def all_of(self, case: Case) -> int:
        """Give how many a case is built with."""
        return min(case.most, case.most * self.sizes[-1] // 5000)

    def grown(self, case: Case) -> list[Rounds]:
        """Build a case with nothing in it, a quarter, half and all of its number, in rounds."""
        full = self.all_of(case)
        found: list[Rounds] = [[], [], [], []]
        for _ in range(self.rounds):
            for count, costs in zip((0, full // 4, full // 2, full), found, strict=True):
                source = self.folder / f"{case.parts.__name__}-{case.builder}-{count}"
                case.write(count, source)
                costs.append(self.fresh(source, builder=case.builder, strict=case.strict))
        return found

    def interleaved(self, sources: dict[str, Path], jobs: int = 1) -> dict[str, Rounds]:
        """Build each in turn, in rounds, so that a busy moment does not fall on one alone."""
        found: dict[str, Rounds] = {name: [] for name in sources}
        for _ in range(self.rounds):
            for name, source in sources.items():
                found[name].append(self.fresh(source, jobs))
        return found


def _ratio(measure: Callable[[Cost], float]) -> Callable[[Rounds, Rounds], list[float]]:
    """Give what tells how many times as much as others each round took."""

    def compared(costs: Rounds, others: Rounds) -> list[float]:
        pairs = zip(costs, others, strict=True)
        return [measure(cost) / measure(other) for cost, other in pairs]

    return compared


times = _ratio(lambda cost: cost.cpu)
elapsed = _ratio(lambda cost: cost.wall)
memories = _ratio(lambda cost: cost.memory)


def forms(bench: Bench) -> Result:
    """Build the same events in six forms, at each size."""
    result = Result(
        "The same events in six forms",
        [
            "form",
            "events",
            "time / prose",
            "time / sphinx-needs",
            "memory / prose",
            "memory / sphinx-needs",
            "growth",
        ],
    )
    measured: dict[int, dict[str, Rounds]] = {}
    for size in bench.sizes:
        corpus = make(size)
        sources = {name: bench.project(name, corpus, name.replace(" ", "-"), {}) for name in FORMS}
        measured[size] = bench.interleaved(sources)
    first, last = bench.sizes[0], bench.sizes[-1]
    for size, costs in measured.items():
        prose, needs = costs["prose"], costs["sphinx-needs"]
        for name, cost in costs.items():
            growth = times(cost, measured[first][name])
            result.rows.append(
                [
                    name,
                    f"{size:,}",
                    spread(times(cost, prose)),
                    spread(times(cost, needs)),
                    spread(memories(cost, prose)),
                    spread(memories(cost, needs)),
                    f"× {spread(growth)}" if size != first else "",
                ]
            )
    costs = measured[last]
    for other, bound in (("prose", 1.4), ("sphinx-needs", 0.3)):
        goal = f"time of annals / {other}, {last:,} events"
        result.goals.append(Goal(goal, times(costs["annals"], costs[other]), bound))
    if last != first:
        growth = times(costs["annals"], measured[first]["annals"])
        goal = f"growth of time, {first:,} to {last:,} events"
        result.goals.append(Goal(goal, growth, 1.05 * last / first))
    result.raw = {str(size): _raw(costs) for size, costs in measured.items()}
    return result


def _raw(costs: dict[str, Rounds]) -> dict[str, list[dict[str, float]]]:
    return {name: [asdict(cost) for cost in rounds] for name, rounds in costs.items()}


def views(bench: Bench) -> Result:
    """Build all events without indices, then with indices, a timeline and a table of them all; and
    bare nodes without more, then with a list and a table.
    """
    size = bench.sizes[-1]
    corpus, pages = make(size), {"annals": _VIEWS, "bare nodes": _LISTED}
    sources = {}
    for form, page in pages.items():
        name = form.replace(" ", "-")
        sources[form] = bench.project(form, corpus, f"{name}-alone", {"conf.py": _NO_INDICES})
        sources[f"{form} shown"] = bench.project(form, corpus, f"{name}-shown", {"views": page})
    costs = bench.interleaved(sources)
    result = Result(
        f"A timeline, a table and the indices of {size:,} events",
        ["form", "time, of that without", "memory, of that without"],
        raw=_raw(costs),
    )
    for form in pages:
        shown, alone = costs[f"{form} shown"], costs[form]
        result.rows.append([form, spread(times(shown, alone)), spread(memories(shown, alone))])
    ratio = times(costs["annals shown"], costs["annals"])
    result.goals.append(Goal("time with all views and indices / without", ratio, 1.15))
    return result


def edit(bench: Bench) -> Result:
    """Change one event, build again, and compare the pages with those of a clean build."""
    result = Result(
        "One event edited: pages of documents written again",
        ["form", "edit", "of", "rewritten", "changed", "needlessly", "left stale"],
    )
    corpus = make(bench.sizes[0])
    event = corpus.events[len(corpus.events) // 2]
    new_body = replace(event, body=event.body + " A fourth sentence was added later.")
    new_title = replace(event, title=event.title + ", as it turned out")
    for name, form, extra in (
        ("prose", "prose", {}),
        ("annals", "annals with data", {"views": _VIEWS} if _has_views() else {}),
    ):
        for what, changed in (("a sentence", new_body), ("the title", new_title)):
            edited = replace(
                corpus, events=[changed if each is event else each for each in corpus.events]
            )
            counts, stale = _edit_counts(bench, form, corpus, edited, extra)
            result.rows.append([name, what, *map(str, counts)])
            result.raw[f"{name}, {what}"] = counts
            if stale:
                result.notes.append(f"Left stale by an edit of {what}: {', '.join(stale)}.")
            if name == "annals":
                result.goals.append(Goal(f"pages left stale by an edit of {what}", [len(stale)], 0))
                excess = counts[3] - result.raw[f"prose, {what}"][3]
                goal = f"pages rewritten needlessly, beyond those of prose, for {what}"
                result.goals.append(Goal(goal, [excess], 0))
    result.notes.append(
        "Sphinx itself always rewrites the page whose toctree lists the edited page."
    )
    return result


def _edit_counts(
    bench: Bench, form: str, before: Corpus, after: Corpus, extra: dict[str, str]
) -> tuple[list[int], list[str]]:
    """Give the numbers of pages (all, rewritten, changed, rewritten needlessly, left stale), and
    the names of those left stale.
    """
    clean = bench.project(form, after, "clean", extra)
    bench.fresh(clean)
    source = bench.project(form, before, "edited", extra)
    bench.fresh(source)
    output = bench.folder / f"{source.name}-out"
    pages = sorted(path.stem for path in source.glob("*.md"))
    old = {page: (output / f"{page}.html").read_bytes() for page in pages}
    stamps = {page: (output / f"{page}.html").stat().st_mtime_ns for page in pages}
    for page in source.glob("*.md"):
        fresh = (clean / page.name).read_bytes()
        if fresh != page.read_bytes():
            page.write_bytes(fresh)
    build(source, output)
    rewritten = {p for p in pages if (output / f"{p}.html").stat().st_mtime_ns != stamps[p]}
    wanted = {
        page: (bench.folder / f"{clean.name}-out" / f"{page}.html").read_bytes() for page in pages
    }
    changed = {page for page in pages if wanted[page] != old[page]}
    stale = [page for page in pages if (output / f"{page}.html").read_bytes() != wanted[page]]
    counts = [len(pages), len(rewritten), len(changed), len(rewritten - changed), len(stale)]
    return counts, stale


def _has_views() -> bool:
    sys.path.insert(0, str(EXTENSIONS))
    from sphinx_annals.annals.directives import DIRECTIVES

    return {"timeline", "event-table"} <= DIRECTIVES.keys()


def jobs(bench: Bench) -> Result:
    """Build on two processes what was built on one, and compare the gains in elapsed time."""
    size = bench.sizes[-1]
    corpus = make(size)
    sources = {name: bench.project(name, corpus, name, {}) for name in ("annals", "prose")}
    serial = bench.interleaved(sources)
    parallel = bench.interleaved(sources, jobs=2)
    result = Result(
        f"Two processes (-j2), {size:,} events",
        ["form", "elapsed, of serial", "processor time, of serial"],
        raw={"serial": _raw(serial), "parallel": _raw(parallel)},
    )
    gains = {}
    for name in sources:
        gains[name] = elapsed(parallel[name], serial[name])
        cpu = times(parallel[name], serial[name])
        result.rows.append([name, spread(gains[name]), spread(cpu)])
    goal = "elapsed time of annals, as a share of serial, beside that of prose"
    shares = [ours / theirs for ours, theirs in zip(*gains.values(), strict=True)]
    result.goals.append(Goal(goal, shares, 1.05))
    return result


def growth(bench: Bench) -> Result:
    """Build what grows in one way each at N/4, N/2 and N, and give the exponents of time and
    memory.
    """
    header = ["what grows", "N", "seconds", "MiB", "time", "memory", "KiB each"]
    result = Result("How time and memory grow", header)
    for case in CASES:
        measured = bench.grown(case)
        seconds = [[cost.cpu for cost in costs] for costs in measured]
        sizes = [[cost.memory for cost in costs] for costs in measured]
        time, memory = exponents(seconds), exponents(sizes)
        count = bench.all_of(case)
        each = [(most - least) * 1024 / count for least, *_, most in zip(*sizes, strict=True)]
        numbers = [f"N^{spread(time)}", f"N^{spread(memory)}", spread(each)]
        found = [_medians(seconds), _medians(sizes), *numbers]
        result.rows.append([case.name, f"{count:,}", *found])
        points = zip(("nothing", "quarter", "half", "all"), measured, strict=True)
        result.raw[case.name] = _raw(dict(points))
        result.goals.append(Goal(f"exponent of time, {case.name}", time, 1.2))
        result.goals.append(Goal(f"exponent of memory, {case.name}", memory, 1.2))
    return result


def _medians(measured: list[list[float]]) -> str:
    """Give what the middle round of each number found, that of nothing first."""
    return ", ".join(f"{median(rounds):.0f}" for rounds in measured)


def exponents(measured: list[list[float]]) -> list[float]:
    """Give the power of N with which a cost grows from N/4 to N, beyond that of an empty book, for
    each round; what is measured is that of nothing, N/4, N/2 and N.
    """
    found = []
    for nothing, quarter, _, most in zip(*measured, strict=True):
        least = 0.02 * nothing  # what is less is noise
        found.append(log(max(most - nothing, least) / max(quarter - nothing, least), 4))
    return found


def book(bench: Bench) -> Result:
    """Build the real book from nothing: HTML, then PDF from what was read."""
    found: dict[str, Rounds] = {"html": [], "typstpdf": []}
    for _ in range(bench.rounds):
        shutil.rmtree(bench.folder / f"{PROJECT.name}-doctrees", ignore_errors=True)
        for builder, costs in found.items():
            output = bench.folder / f"book-{builder}"
            shutil.rmtree(output, ignore_errors=True)
            costs.append(build(PROJECT, output, builder=builder, strict=False))
            print(f"    book, {builder}: {costs[-1].wall:.1f} s", file=sys.stderr, flush=True)
    html, pdf = found.values()
    ratio = elapsed(pdf, html)
    result = Result(
        "The book, from nothing",
        ["step", "elapsed / HTML", "processor time / HTML"],
        [["HTML", "1.00", "1.00"], ["PDF", spread(ratio), spread(times(pdf, html))]],
        raw=_raw(found),
    )
    together = [page.wall + printed.wall for page, printed in zip(html, pdf, strict=True)]
    result.goals.append(Goal("seconds for HTML and PDF together", together, 30))
    result.goals.append(Goal("elapsed time of the PDF step / the HTML step", ratio, 1))
    result.notes.append("Typst works on all cores, so that it takes more processor time than time.")
    return result


def tex(bench: Bench) -> Result:
    """Print the real book from what was read, here and by XeLaTeX; without it, say what was found
    when there was one.
    """
    title = "The book as PDF, beside XeLaTeX"
    if all(map(shutil.which, ("xelatex", "latexmk", "xindy"))):
        build(PROJECT, bench.folder / "tex-html", strict=False)
        ours, latex, printed = _printed(bench)
        theirs = [Cost(w.cpu + p.cpu, 0, 0) for w, p in zip(latex, printed, strict=True)]
        ratio = times(ours, theirs)
        result = Result(
            title,
            ["step", "processor time / XeLaTeX"],
            [
                ["PDF", spread(ratio)],
                ["LaTeX written by Sphinx", spread(times(latex, theirs))],
                ["all runs of XeLaTeX", spread(times(printed, theirs))],
            ],
            raw=_raw({"typstpdf": ours, "latex": latex, "make": printed}),
        )
    else:
        recorded = tomllib.loads((HERE / "tex.toml").read_text(encoding="utf-8"))
        ratio = [recorded["ratio"]]
        result = Result(title, ["step", "processor time / XeLaTeX"], [["PDF", spread(ratio)]])
        result.notes.append(f"There is no TeX here; this was measured on {recorded['date']}.")
    result.goals.append(Goal("processor time of the PDF / that by XeLaTeX", ratio, 0.4))
    return result


def _printed(bench: Bench) -> tuple[Rounds, Rounds, Rounds]:
    """Give what the PDF, the LaTeX and its printing cost, in rounds."""
    ours, latex, printed = Rounds(), Rounds(), Rounds()
    source = bench.folder / "tex-latex"
    make = ["make", "LATEXOPTS=-interaction=nonstopmode"]
    for _ in range(bench.rounds):
        for name in ("tex-latex", "tex-typstpdf"):
            shutil.rmtree(bench.folder / name, ignore_errors=True)
        output = bench.folder / "tex-typstpdf"
        ours.append(build(PROJECT, output, builder="typstpdf", strict=False))
        latex.append(build(PROJECT, source, builder="latex", strict=False))
        printed.append(run(make, bench.folder / "tex-make.log", folder=source))
    return ours, latex, printed


def citations(bench: Bench) -> Result:
    """Cite by key, by hand and by the stock package, which takes longer than all else, in the first
    round alone.
    """
    books = [(DOCS // 2, ENTRIES // 2), (DOCS, ENTRIES)] if bench.sizes[-1] >= 5000 else [(40, 600)]
    tables: dict[int, dict[str, Rounds]] = {docs: {} for docs, _ in books}
    for number in range(bench.rounds):
        variants = VARIANTS if number == 0 else [name for name in VARIANTS if name != "stock"]
        for docs, entries in books:
            with redirect_stdout(sys.stderr):
                found = costs_of(variants, docs, entries)
            for name, cost in found.items():
                tables[docs].setdefault(name, []).append(cost)
    result = Result(
        "Citing by key", ["form", "documents", "time / links", "memory / links", "growth"]
    )
    for documents, costs in tables.items():
        for name, cost in costs.items():
            links = costs["links"][: len(cost)]
            before = tables[min(tables)][name] if documents != min(tables) else None
            result.rows.append(
                [
                    name,
                    str(documents),
                    spread(times(cost, links)),
                    spread(memories(cost, links)),
                    f"× {spread(times(cost, before))}" if before else "",
                ]
            )
    last = tables[max(tables)]
    ours, links = last["citations"], last["links"]
    result.goals += [
        Goal("time of citations / plain links", times(ours, links), 1.0),
        Goal("memory of citations / plain links", memories(ours, links), 1.2),
    ]
    result.raw = {str(documents): _raw(costs) for documents, costs in tables.items()}
    return result


SUITES: dict[str, Callable[[Bench], Result]] = {
    "forms": forms,
    "views": views,
    "edit": edit,
    "jobs": jobs,
    "growth": growth,
    "book": book,
    "tex": tex,
    "citations": citations,
}
