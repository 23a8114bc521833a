"""How much of the book tells, and how much compares: words of narrative, accounts and verdicts.

``python tests/book/proportions.py`` prints the table. A chapter is its file with the points that
stand beside it in ``chapters/points``; its slips and variants are those of ``apparatus/textual``.
Options of directives, headings and citations are no words of either.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

BOOK = Path(__file__).parents[2]
WEIGHTS = ("major", "minor", "textual")
STATEMENTS = ("account", "verdict")
SAID = ("value", "quote", "question")
"""The options of statements that readers read."""
PROSE = ("admonition", "only", "event", "treaty", "treaty-article", "text")
"""The directives whose text is narrative; that of others is a table, a list or a drawing."""

_FENCE = re.compile(r"\s*(`{3,}|:{3,})\{([\w:-]+)\}")
_CLOSE = re.compile(r"\s*(`{3,}|:{3,})\s*$")
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*)")
_HEADING = re.compile(r"#|\([\w-]+\)=$")
_CITATION = re.compile(r"\{(?:foot)?cite[\w:]*\}`[^`]*`")
_ROLE = re.compile(r"\{[\w:+-]+\}`([^`<]*)[^`]*`")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def words(text: str) -> int:
    """Count the words that a reader sees."""
    return len(_WORD.findall(_ROLE.sub(r"\1", _CITATION.sub("", text))))


def lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Give each line with the directive it stands in and, if it is one, its option."""
    open_fences: list[tuple[str, str]] = []
    in_head = False
    for line in text.splitlines():
        opened, closed = _FENCE.match(line), _CLOSE.match(line)
        if opened:
            open_fences.append((opened[1], opened[2]))
            in_head = True
            yield opened[2], "", ""
        elif closed and open_fences and closed[1] == open_fences[-1][0]:
            open_fences.pop()
            in_head = False
        else:
            option = _OPTION.match(line) if in_head else None
            in_head = option is not None
            within = open_fences[-1][1] if open_fences else ""
            yield within, option[1] if option else "", option[2] if option else line


def count(path: Path) -> Counter[str]:
    """Count words by kind, and verdicts by weight, of one file."""
    found: Counter[str] = Counter()
    if not path.exists():
        return found
    for within, option, text in lines(path.read_text("utf-8")):
        kind = within if within in STATEMENTS else "narrative"
        if within == "verdict" and option == "weight":
            found[text] += 1
        if option:
            found[kind] += words(text) if kind in STATEMENTS and option in SAID else 0
        elif (kind in STATEMENTS or not within or within in PROSE) and not _HEADING.match(text):
            found[kind] += words(text)
    return found


def chapters(book: Path = BOOK) -> dict[str, Counter[str]]:
    """Give the counts of each chapter, those of its points included."""
    found = {}
    for path in sorted(book.glob("chapters/[0-9][0-9]-*.md")):
        points, textual = (
            book / folder / path.name for folder in ("chapters/points", "apparatus/textual")
        )
        counted = count(path) + count(points)
        counted["textual"] += count(textual)["textual"]
        found[path.stem] = counted
    return found


def points(book: Path = BOOK) -> Counter[str]:
    """Count the points of the whole book by weight, those of people, places and treaties included."""
    paths = [
        path for folder in ("chapters", "apparatus") for path in book.glob(f"{folder}/**/*.md")
    ]
    counted = sum(map(count, paths), Counter[str]())
    return Counter({weight: counted[weight] for weight in WEIGHTS})


def share(counted: Counter[str]) -> float:
    """Give the share of narrative in all words."""
    total = sum(counted[kind] for kind in ("narrative", *STATEMENTS))
    return counted["narrative"] / total if total else 1.0


def main() -> None:
    """Print the table."""
    columns = ("narrative", *STATEMENTS, *WEIGHTS)
    print(f"{'chapter':22}", *(f"{column:>10}" for column in columns), "     share")
    told = chapters()
    history = sum((told[name] for name in told if "01" <= name < "10"), Counter[str]())
    for name, counted in (told | {"chapters 1 to 9": history}).items():
        print(f"{name:22}", *(f"{counted[c]:10}" for c in columns), f"{share(counted):10.0%}")
    print("points of the book:", ", ".join(f"{n} {weight}" for weight, n in points().items()))


if __name__ == "__main__":
    main()
