"""Projects that grow in one way each, to show how time and memory grow with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from forms import EXTENSIONS

_CONF = f"""\
import sys
sys.path.insert(0, {str(EXTENSIONS)!r})
project = "Growth"
html_theme = "basic"
extensions = [
    "myst_parser", "sphinx_annals.annals", "sphinx_annals.citations", "sphinx_annals.pdf"
]
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["references.bib"]
"""
_WORKS = 100
_LINES = 50
"""How many lines of a long chapter are one paragraph."""

Parts = Iterator[str]


@dataclass(frozen=True)
class Case:
    """What grows, up to which number of it, how many stand on one page, and who builds it."""

    name: str
    parts: Callable[[int], Parts]
    most: int
    paged: int = 0
    """How many stand on one page; all if 0."""
    works: int = _WORKS
    """How many works are cited; as many as there are of it if 0."""
    builder: str = "html"
    strict: bool = True

    def write(self, count: int, folder: Path) -> None:
        """Write the project with so many of it."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "conf.py").write_text(_CONF)
        works = "".join(map(_entry, range(self.works or max(count, 1))))
        (folder / "references.bib").write_text(works)
        parts = list(self.parts(count))
        step = self.paged or len(parts) or 1
        pages = [parts[start : start + step] for start in range(0, len(parts), step)]
        names = [f"chapter-{number:04}" for number in range(len(pages))]
        for name, page in zip(names, pages, strict=True):
            text = "\n\n".join([f"# {name.capitalize()}", *page])
            (folder / f"{name}.md").write_text(text + "\n")
        listed = "\n".join([*names, "works"])
        (folder / "index.md").write_text(f"# Growth\n\n```{{toctree}}\n{listed}\n```\n")
        (folder / "works.md").write_text("# Works\n\n```{bibliography}\n```\n")


def _entry(number: int) -> str:
    told = f"author = {{Writer, Name}}, title = {{Papers {number}}}, year = 1950"
    return f"@book{{work{number}, {told}}}\n"


def _event(id: str, *options: str) -> str:
    return "\n".join([f"```{{event}} Event {id}", f":id: {id}", *options, "```"])


def _account(of: str, property: str, value: str, work: int) -> str:
    said = f":of: {of}\n:property: {property}\n:value: {value}"
    return f"```{{account}} work{work}\n{said}\n```"


def events(count: int) -> Parts:
    """Events, each with two accounts of its date."""
    for number in range(count):
        day = f"195{number % 10}-0{number % 9 + 1}-{number % 28 + 1:02}"
        yield _event(f"event-{number}", f":date: {day}", f":sources: work{number % _WORKS}")
        for work in (number % _WORKS, (number + 1) % _WORKS):
            yield _account(f"event-{number}", "date", day, work)


def accounts(count: int, works: int = _WORKS) -> Parts:
    """Accounts of one point of one object, of a hundred works and a hundred values."""
    yield _event("treaty", ":date: 1950")
    for number in range(count):
        yield _account("treaty", "cost", f"{number % 97} tons", number % works)


def points(count: int) -> Parts:
    """Accounts of one object, each of another point."""
    yield _event("treaty", ":date: 1950")
    for number in range(count):
        yield _account("treaty", f"point-{number}", "1950", number % _WORKS)


def witnesses(count: int) -> Parts:
    """Accounts of one point, each of another work."""
    return accounts(count, count + 1)


def _naming(count: int, option: str, name: str, by: Callable[[int], int]) -> Parts:
    """Events of which each names another in an option, unless its number is below zero."""
    for number in range(count):
        other = by(number)
        told = [f":{option}: {name}-{other}"] if other >= 0 else []
        yield _event(f"event-{number}", ":date: 1950", *told)


def chain(count: int) -> Parts:
    """Events of which each is part of the one before."""
    return _naming(count, "part-of", "event", lambda number: number - 1)


def duplicates(count: int) -> Parts:
    """Events that all have one id."""
    for number in range(count):
        yield _event("event", f":date: {1000 + number}")


def places(count: int) -> Parts:
    """Places all over Europe and Asia, and a map of them."""
    for number in range(count):
        # the golden ratio spreads them evenly, without a pattern
        north, east = 20 + number * 0.618034 % 1 * 50, number * 0.7548777 % 1 * 120
        yield (
            f"```{{place}} Town {number}\n:id: town-{number}\n"
            f":coordinates: {north:.3f}, {east:.3f}\n```"
        )
    yield "```{place-map}\n```"


def lines(count: int) -> Parts:
    """A chapter of many lines: paragraphs, with a citation and an event in each hundredth line."""
    for number in range(count // _LINES):
        cited = f"{{cite:p}}`work{number % _WORKS}`"
        yield "\n".join(f"Line {line} of what is told at length." for line in range(_LINES)) + cited
        if number % 2:
            yield _event(f"event-{number}", f":date: {1000 + number}")


def paragraphs(count: int) -> Parts:
    """Prose with as many paragraphs as events and their accounts make: what Sphinx keeps itself."""
    for number in range(count):
        yield f"Event {number}"
        yield from (f"work{work % _WORKS} says of the date: 1950." for work in (number, number + 1))


def alike(count: int) -> Parts:
    """Events of one title, date, place, person, tag and source, and views of them all."""
    yield "```{person} Mao\n:id: mao\n```\n\n```{place} Moscow\n:id: moscow\n```"
    told = ":place: moscow", ":actors: mao", ":tags: visit", ":sources: work1"
    for number in range(count):
        yield _event(f"event-{number}", ":date: 1950", *told).replace(f"Event event-{number}", "A")
    yield "```{timeline}\n```\n\n```{event-table}\n```\n\n```{mentions}\n```\n"


def unnamed(count: int) -> Parts:
    """Events of one title without ids."""
    yield from ("```{event} Event\n:date: 1950\n```" for _ in range(count))


def following(count: int) -> Parts:
    """Events of which each follows the one before."""
    return _naming(count, "follows", "event", lambda number: number - 1)


def circles(count: int) -> Parts:
    """Events that follow each other, two by two."""
    return _naming(count, "follows", "event", lambda number: number ^ 1)


def unknown(count: int) -> Parts:
    """Events of which each names another that there is not."""
    return _naming(count, "follows", "evnet", lambda number: number)


def provisions(count: int) -> Parts:
    """Provisions of two treaties, of other numbers, and a comparison of these."""
    for treaty in ("one", "two"):
        yield f"```{{treaty}} {treaty}\n:id: {treaty}\n:signed: 1950\n:sources: work1\n```"
    for number in range(count):
        yield (
            f"```{{treaty-article}} {number + 1}\n:treaty: {'one' if number % 2 else 'two'}\n\n"
            f"They agree on {number}.\n```"
        )
    yield "```{article-comparison} one, two\n```"


def wordings(count: int) -> Parts:
    """Wordings of one provision."""
    yield "```{treaty} Treaty\n:id: treaty\n:signed: 1950\n```"
    texts = "\n".join(f":::{{text}} en\nWording {number}.\n:::" for number in range(count))
    yield f"::::{{treaty-article}} 1\n:treaty: treaty\n\n{texts}\n::::"


def terms(count: int) -> Parts:
    """Terms of a glossary, each used once."""
    listed = "\n\n".join(f"term {number}\n  What it is." for number in range(count))
    yield f"```{{glossary}}\n{listed}\n```"
    for number in range(count):
        yield f"It is a {{term}}`term {number}`."


def copying(count: int) -> Parts:
    """Accounts of which each draws on the one before, and a drawing of that."""
    yield _event("treaty", ":date: 1950")
    for number in range(count):
        drawn = f"\n:derives-from: work{number - 1}" if number else ""
        yield _account("treaty", "cost", "9 tons", number).replace("\n```", f"{drawn}\n```")


def cited(count: int) -> Parts:
    """Works, each cited once."""
    yield from (f"It is told so {{cite:p}}`work{number}`." for number in range(count))


CASES = (
    Case("events with two accounts each, fifty on a page", events, 50_000, paged=150),
    Case("paragraphs of prose, as many", paragraphs, 50_000, paged=150),
    Case("accounts of one point of one object", accounts, 20_000),
    Case("points of one object", points, 20_000),
    Case("accounts of one point, each of another work", witnesses, 2_000, works=0),
    Case("a chain of events, each part of the one before", chain, 2_000),
    Case("such a chain in the PDF", chain, 2_000, builder="typstpdf"),
    Case("events with one id", duplicates, 2_000, strict=False),
    Case("places on one map", places, 1_000),
    Case("lines of one chapter", lines, 100_000),
    Case("events alike in all but their ids, and views of them", alike, 20_000, paged=500),
    Case("events of one title without ids", unnamed, 20_000, strict=False),
    Case("a chain of events, each after the one before", following, 20_000, paged=500),
    Case("events that follow each other, two by two", circles, 20_000, paged=500, strict=False),
    Case("events that name what there is not", unknown, 20_000, paged=500, strict=False),
    Case("provisions of two treaties, compared", provisions, 2_000),
    Case("wordings of one provision", wordings, 500),
    Case("terms of a glossary", terms, 20_000),
    Case("accounts, each drawn from the one before", copying, 2_000, works=0),
    Case("works, each cited once", cited, 20_000, paged=200, works=0),
)
