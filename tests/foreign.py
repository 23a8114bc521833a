"""Treaty records as other data sets give them, and what must be found disputed in them.

A value is made from what it means, so that the conflicts are known without reading any text.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

SOURCES = ("cow", "atop", "unts", "wti", "ussr")
STATES = {
    "usa": "United States",
    "ussr": "Soviet Union",
    "prc": "People’s Republic of China",
    "tur": "Türkiye",
    "civ": "Côte d’Ivoire",
}
TITLES = (
    "Treaty {0}",
    "Договор №{0}: «о дружбе»",
    "中苏友好同盟互助条约 {0}",
    "معاهدة ({0})",
    "אמנה {0}",
    "Traité d'amitié, n° {0}",
    "Vertrag #{0}",
    "Accord: $%{0}$ {{{{aid}}}} | x",
    '"Quoted" [{0}] `code` *b*',
    "x_ |{0}| ``lit``",
    "<b>{0}</b> & \\ co",
    "  spaces {0}  ",
    "{0}. Pact " + "of very long name " * 30,
    "🤝 e\u0301\u202e{0}",
)
QUOTES = (
    "“curly”",
    "a: b",
    "[1] {x}",
    "100 % $5",
    "«стороны»",
    '"Forever", it says',
    "'tis",
    "> so",
    "| pipe",
    "`x` *y* |z|_",
)
NUMBERS = ("{0}", "{0}bis", "{0}(a)", "Annex {0}", "Art. {0}", "第{0}条", "{0}/1", "")
WORDS = (
    ("Côte d'Ivoire", "COTE D’IVOIRE."),
    ("Союз ССР", "союз сср"),
    ("none", "None."),
    ("C# & <b>", "c# & <b>"),
)
BAD_DATES = ("1950-13-45", "4/2/1950", "n.d.", "-9", "1950/1940", "[1950")

Span = tuple[tuple[int, int, int] | None, tuple[int, int, int] | None]


@dataclass
class Claim:
    """What is said of a property: the kind of value, what it leaves possible, the stance."""

    kind: str
    meaning: Any
    stance: str = "asserts"


@dataclass
class Corpus:
    """Pages of records, how many objects they state, and the status of each point."""

    pages: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    claims: dict[tuple[str, str], list[Claim]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[tuple[str, str], str] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)

    def statuses(self) -> dict[tuple[str, str], str]:
        """Give ``disputed``, ``open``, ``settled``, ``compatible`` or ``fine`` for each point."""
        return {point: self._status(point) for point in self.said}

    def _status(self, point: tuple[str, str]) -> str:
        outcome = self.outcomes.get(point, "")
        if outcome in ("settled", "compatible"):
            return outcome
        if any(exclude(a, b) for a, b in combinations(self.claims[point], 2)):
            return "open" if outcome else "disputed"
        return "fine"


def exclude(first: Claim, second: Claim) -> bool:
    """Tell whether two claims cannot both hold."""
    if first.stance == second.stance == "asserts":
        if first.kind != second.kind:
            return True
        if first.kind == "date":
            return not any(_meet(a, b) for a in first.meaning for b in second.meaning)
        return bool(first.meaning != second.meaning)
    if "asserts" not in (first.stance, second.stance) or first.kind != second.kind:
        return False
    said, denied = sorted((first, second), key=lambda claim: claim.stance != "asserts")
    if said.kind == "date":
        return all(any(_inside(a, b) for b in denied.meaning) for a in said.meaning)
    return bool(said.meaning == denied.meaning)


def _meet(a: Span, b: Span) -> bool:
    return _before(a[0], b[1]) and _before(b[0], a[1])


def _before(start: Any, end: Any) -> bool:
    return start is None or end is None or start <= end


def _inside(a: Span, b: Span) -> bool:
    starts = b[0] is None or (a[0] is not None and b[0] <= a[0])
    return starts and (b[1] is None or (a[1] is not None and a[1] <= b[1]))


def _months(year: int, first: int, last: int) -> Span:
    return (year, first, 1), (year, last, calendar.monthrange(2000 + year % 400, last)[1])


def dates(random: Random, year: int, month: int, day: int) -> tuple[str, list[Span]]:
    """Write a date in one of the shapes of EDTF, or in English; give what it leaves possible."""
    y, mark = f"{year:05d}" if year < 0 else f"{year:04d}", random.choice(["", "", "?", "~", "%"])
    whole, named, exact = _months(year, 1, 12), _months(year, month, month), (year, month, day)
    forms: list[tuple[str, list[Span]]] = [
        (f"{y}-{month:02}-{day:02}{mark}", [(exact, exact)]),
        (f"{y}-{month:02}-{day:02}", [(exact, exact)]),
        (f"{y}-{month:02}{mark}", [named]),
        (f"{y}{mark}", [whole]),
        (f"{y}-{month:02}-XX", [named]),
        (f"{y}-XX", [whole]),
        (f"{y}-22{mark}", [_months(year, 6, 8)]),
        (f"{y}-41", [_months(year, 7, 12)]),
        (f"{y}-{month:02}/..", [(named[0], None)]),
        (f"../{y}-{month:02}-{day:02}", [(None, exact)]),
        (f"{y}-{month:02}/", [(named[0], None)]),
        (f"{y}-{month:02}/{y}-12-31", [(named[0], whole[1])]),
    ]
    if year > 0:
        later, decade = _months(year + 2, 1, 12), year // 10 * 10
        forms += [
            (f"{decade // 10:03}X{mark}", [((decade, 1, 1), (decade + 9, 12, 31))]),
            (f"[{y},{year + 2:04}]", [whole, later]),
            (f"{{{y},{year + 2:04}}}", [whole, later]),
            (f"[{y}..{year + 2:04}]", [(whole[0], later[1])]),
        ]
    if year > 1000:
        forms.append((f"{day} {calendar.month_name[month]} {year}", [(exact, exact)]))
    return random.choice(forms)


def numbers(random: Random, millions: int, currency: str) -> tuple[str, Any]:
    """Write a sum of money as it is written somewhere."""
    whole = f"{millions * 10**6:,}"
    grouped = (
        whole,
        whole.replace(",", " "),
        whole.replace(",", "\u202f"),
        whole.replace(",", "."),
    )
    amount = random.choice([*grouped, f"{millions} million", f"{millions}.0 million"])
    return f"{amount} {currency}", (millions, currency)


class Writer:
    """Writes one corpus; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.corpus = Corpus()

    def account(self, of: str, point: str, said: tuple[str, str, Any], free: bool) -> Any:
        """Give an account as (name, argument, options, children)."""
        kind, text, meaning = said
        stance = self.random.choice(["asserts"] * 8 + ["doubts", "denies"])
        self.corpus.claims[of, point].append(Claim(kind, meaning, stance))
        self.corpus.said.add((of, point))
        self.corpus.counts["accounts"] += 1
        spelt = self.random.choice([point, point.replace("-", " ").capitalize()])
        options = {"property": spelt, "value": text, "stance": stance}
        if self.random.random() < 0.3:
            options["quote"] = self.random.choice(QUOTES)
        if free:
            options["of"] = of
        locator = self.random.choice(["", "{row 7}", "{vol. 226, pp. 3–5}"])
        return "account", self.random.choice(SOURCES) + locator, options, []

    def treaty(self, number: int) -> tuple[Any, list[Any]]:
        """Give a treaty, and what is said of it elsewhere."""
        random, corpus, id = self.random, self.corpus, f"{self.random.choice(SOURCES)}-{number}"
        year = random.choice([1950, 1950, 1648, 843, -430])
        parties = random.sample(list(STATES), 2)
        corpus.claims[id, "parties"].append(Claim("set", frozenset(parties)))
        options, inside, elsewhere = {"id": id, "parties": ", ".join(parties)}, [], []
        for point in ("signed", "ratified", "in-force", "expiry"):
            day = (year, random.randrange(1, 13), random.randrange(1, 28))
            if random.random() < 0.1:
                options[point] = random.choice(BAD_DATES)
            elif random.random() < 0.7:
                text, meaning = dates(random, *day)
                if text[-4:].isdigit() and " " in text:  # English is for accounts
                    text, meaning = str(year).zfill(4), [_months(year, 1, 12)]
                options[point] = text
                corpus.claims[id, point].append(Claim("date", meaning))
            for _ in range(random.randrange(3)):
                said = day if random.random() < 0.7 else (year, day[1], day[2] % 27 + 1)
                free = random.random() < 0.3
                account = self.account(id, point, ("date", *dates(random, *said)), free)
                (elsewhere if free else inside).append(account)
        for _ in range(random.choice([0, 2])):
            money = numbers(
                random, random.choice([3, 30, 300]), random.choice(["rubles", "dollars"])
            )
            inside.append(self.account(id, "loan", ("number", *money), False))
            word = random.randrange(len(WORDS))
            written = ("word", random.choice(WORDS[word]), word)
            inside.append(self.account(id, "depositary", written, False))
            states = random.sample(list(STATES), 2)
            shown = ", ".join(random.choice([state, STATES[state].upper()]) for state in states)
            inside.append(self.account(id, "parties", ("set", shown, frozenset(states)), False))
        inside += [self.article(id, n) for n in range(random.randrange(4))]
        inside += self.verdicts(id)
        corpus.counts["treaties"] += 1
        return ("treaty", random.choice(TITLES).format(number), options, inside), elsewhere

    def article(self, treaty: str, number: int) -> Any:
        """Give a provision, numbered as it may be, with accounts of its term."""
        self.corpus.counts["articles"] += 1
        id = f"{treaty}/a{number}"
        years = [self.random.choice([20, 25]) for _ in range(2)]
        texts = [self.random.choice([f"P{n}Y", f"{n} years", f"{12 * n} months"]) for n in years]
        accounts = [
            self.account(id, "term", ("number", text, n), False)
            for text, n in zip(texts, years, strict=True)
        ]
        shown = self.random.choice(NUMBERS).format(number)
        return "treaty-article", shown, {"id": id, "title": "Срок: “term”"}, accounts

    def verdicts(self, treaty: str) -> list[Any]:
        """Decide some of the points of a treaty."""
        found = []
        for of, point in sorted(self.corpus.said):
            if of == treaty and self.random.random() < 0.1:
                way = self.random.choice(["settled", "compatible", "open"])
                options = {"prefers": "1950"} if way == "settled" else {"outcome": way}
                self.corpus.outcomes[of, point] = way
                found.append(("verdict", point, options, []))
        return found


def markdown(item: Any, depth: int = 6) -> str:
    """Write a record as MyST, values as they come."""
    name, argument, options, children = item
    lines = [f"{':' * depth}{{{name}}} {argument}"]
    lines += [f":{option}: {value}" for option, value in options.items()]
    body = ["", "What it says.", "", *(markdown(child, depth - 1) for child in children)]
    return "\n".join([*lines, *body, ":" * depth, ""])


def restructured(item: Any, indent: str = "") -> str:
    """Write a record as reStructuredText."""
    name, argument, options, children = item
    lines = [f"{indent}.. {name}:: {argument}"]
    lines += [f"{indent}   :{option}: {value}" for option, value in options.items()]
    body = ["", f"{indent}   What it says.", ""]
    return "\n".join([*lines, *body, *(restructured(child, indent + "   ") for child in children)])


def make_corpus(treaties: int, seed: int = 1) -> Corpus:
    """Give as many treaties, half of them in each syntax, and what is said of them elsewhere."""
    writer = Writer(seed)
    written = [writer.treaty(n) for n in range(treaties)]
    half = treaties // 2
    elsewhere = [account for _, accounts in written for account in accounts]
    states = "\n".join(
        f"```{{organisation}} {name}\n:id: {id}\n\nA state.\n```" for id, name in STATES.items()
    )
    writer.corpus.pages = {
        "index.md": f"# Index\n\n{states}\n\n```{{disputed-points}}\n```\n\n```{{toctree}}\none\ntwo\nthree\n```\n",
        "one.md": "# One\n\n" + "\n".join(markdown(item) for item, _ in written[:half]),
        "two.rst": "Two\n===\n\n" + "\n".join(restructured(item) for item, _ in written[half:]),
        "three.md": "# Three\n\n" + "\n".join(markdown(item) for item in elsewhere),
    }
    return writer.corpus
