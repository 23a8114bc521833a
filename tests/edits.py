"""A small book with something of each kind, and the edits that its authors make.

An edit is a function that changes a `Book` and asks *pick* for one of several things: whoever
tries edits says which, by chance or one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Pick = Callable[[Sequence[Any]], Any]

CONF = """\
extensions = ["myst_parser", "sphinx_annals"]
myst_enable_extensions = ["colon_fence"]
nitpicky = True
project = "Book"
author = "A"
version = "1"
copyright = "2026, A"
bibtex_bibfiles = ["one.bib", "two.bib"]
locale_dirs = ["locale"]
gettext_compact = False
epub_identifier = epub_uid = "book"
epub_show_urls = "no"
"""
SETTINGS: dict[str, tuple[object, ...]] = {
    "citations_style": ("author-date", "notes"),
    "numfig": (False, True),
    "annals_layout": ("block", "margin"),
    "annals_export_in_html": (True, False),
    "annals_permanent_ids": (True, False),
    "link_cards": (True, False),
    "dates_era": ("BC", "BCE"),
    "language": ("en", "de"),
    "project": ("Book", "Volume"),
    "html_theme": ("basic", "alabaster", "furo"),
    "toc_object_entries": (True, False),
    "citations_page_labels": (True, False),
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="{0}" height="9"/></svg>\n'


@dataclass(frozen=True)
class Piece:
    """A part of a document: prose, or a directive."""

    text: str
    directive: str = ""
    title: str = ""
    options: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The Markdown of it."""
        if not self.directive:
            return f"{self.text}\n"
        options = "".join(f":{name}: {value}\n" for name, value in self.options.items())
        return f":::{{{self.directive}}} {self.title}\n{options}\n{self.text}\n:::\n"


@dataclass
class Book:
    """What the source files of a project hold."""

    pages: dict[str, list[str]]
    """The names of the pieces of each document."""
    pieces: dict[str, Piece]
    titles: dict[str, str]
    contents: list[str]
    """The documents in the order of the toctree."""
    bibs: dict[str, dict[str, dict[str, str]]]
    settings: dict[str, object] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)

    def standing(self, wanted: Callable[[str, Piece], object] = lambda *_: True) -> list[str]:
        """Give the names of those of the wanted pieces that stand somewhere."""
        names = (name for pieces in self.pages.values() for name in pieces)
        return sorted(name for name in names if wanted(name, self.pieces[name]))

    def change(self, name: str, **fields: Any) -> None:
        """Put something else into a piece."""
        self.pieces[name] = replace(self.pieces[name], **fields)

    def files(self) -> Iterator[tuple[str, str]]:
        """Give all files of the project with what they hold."""
        yield "conf.py", CONF + "".join(f"{k} = {v!r}\n" for k, v in sorted(self.settings.items()))
        for name, entries in self.bibs.items():
            yield name, "".join(map(entry, *zip(*entries.items(), strict=True))) if entries else ""
        for name, pieces in self.pages.items():
            head = f"(sec-{name.replace('/', '-')})=\n# {self.titles[name]}\n\n"
            toctree = "\n".join(["```{toctree}", ":numbered:", *self.contents, "```", ""])
            body = "\n".join(self.pieces[piece].source for piece in pieces)
            yield f"{name}.md", head + (f"{toctree}\n" if name == "index" else "") + body
        yield from self.data.items()
        for language in ("en", "de"):
            told = "".join(f'msgid "{k}"\nmsgstr "{v}"\n\n' for k, v in self.messages.items())
            yield f"locale/{language}/LC_MESSAGES/events.po", told


def entry(key: str, fields: dict[str, str]) -> str:
    """Give an entry of a bibliography."""
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@book{{{key},\n{told}}}\n"


def views() -> Iterator[tuple[str, Piece]]:
    """Give a piece for each view."""
    for name in (
        *("timeline", "event-list", "event-table", "treaty-table", "place-map", "network"),
        *("stemma", "mentions", "disputed-points", "point-list", "disagreements"),
    ):
        yield f"view-{name}", Piece("", name)
    yield "view-mentions-one", Piece("", "mentions", "zhou")
    yield "view-comparison", Piece("", "article-comparison", "old, new")
    yield "view-some", Piece("", "event-table", "", {"actor": "zhou", "columns": "date, event"})


def book() -> Book:
    """Give the book that all edits begin with."""
    named = [
        ("talks", Piece("With {person}`zhou` in {place}`moscow`.", "event", "Talks", {
            "id": "talks", "date": "1949-12/1950-01", "place": "moscow", "actors": "zhou (guest)",
            "sources": "heinzig{p. 3}", "tags": "law"})),
        ("signing", Piece("Signed, said {cite:p}`foot{p. 9}`.", "event", "Signing", {
            "id": "signing", "date": "1950-02-14", "place": "moscow", "actors": "zhou, prc",
            "treaty": "new", "follows": "talks", "aliases": "signature", "sources": "heinzig"})),
        ("zhou", Piece("Premier.", "person", "Zhou Enlai", {
            "id": "zhou", "born": "1898-03-05", "names": "Chou En-lai"})),
        ("prc", Piece("A state.", "organisation", "China", {"id": "prc", "founded": "1949-10-01"})),
        ("moscow", Piece("Capital.", "place", "Moscow", {
            "id": "moscow", "coordinates": "55.75, 37.62"})),
        ("old", Piece("It stood.", "treaty", "Old treaty", {
            "id": "old", "parties": "prc", "signed": "1945-08-14", "term": "P30Y"})),
        ("new", Piece("It stands, see {term}`party`.", "treaty", "New treaty", {
            "id": "new", "parties": "prc", "signed": "1950-02-14", "expiry": "1980-02-14",
            "supersedes": "old", "sources": "foot"})),
        ("old-1", Piece("Peace.", "treaty-article", "1", {"treaty": "old", "title": "Peace"})),
        ("new-1", Piece("More peace.", "treaty-article", "1", {"treaty": "new", "title": "Peace"})),
        ("account-1", Piece("A remark on {person}`zhou`.", "account", "heinzig{p. 5}", {
            "of": "new", "property": "expiry", "value": "1979", "quote": "until 1979"})),
        ("account-2", Piece("", "account", "foot", {
            "of": "new", "property": "expiry", "value": "1980-04-11", "derives-from": "heinzig"})),
        ("account-3", Piece("", "account", "lawrance", {
            "of": "talks", "property": "date", "value": "1949-11"})),
        ("verdict", Piece("As [](#old) and {cite:p}`foot{p. 4}` say.", "verdict", "expiry", {
            "of": "new", "prefers": "1980", "question": "When did it end?", "weight": "major"})),
        ("prose-doc", Piece("See {doc}`people` and {doc}`the facts <facts>` and [](views.md).")),
        ("prose-ref", Piece("See {ref}`sec-people` and {ref}`sec-facts` and [](#sec-views).")),
        ("prose-id", Piece("See [](#zhou), {any}`signing`, {any}`sec-events` and [it](#new).")),
        ("prose-role", Piece("See {event}`signature`, {treaty}`new`, {article}`new/1`.")),
        ("prose-term", Piece("A {term}`party` signs.")),
        ("prose-cite", Piece("So {cite:t}`heinzig{p. 7}`, {cite:p}`lawrance,other{ch. 2}`.")),
        ("prose-note", Piece("A note.[^n] And {footcite}`heinzig{p. 8}`.\n\n[^n]: Of {event}`talks`.")),
        ("prose-numref", Piece("See {numref}`fig-map`.")),
        ("heading", Piece("(sec-inner)=\n## Inner heading\n\nSee {ref}`sec-inner`.")),
        ("heading-2", Piece("## Second heading\n\nOf {place}`moscow` {cite:p}`foot{p. 1}`.")),
        ("figure", Piece("```{figure} map.svg\n:name: fig-map\nA caption of {event}`talks`.\n```")),
        ("table", Piece("```{csv-table} Numbers\n:file: numbers.csv\n:name: tab-numbers\n```")),
        ("glossary", Piece("```{glossary}\nparty\n  A state of {organisation}`prc`.\n\nterm\n  Time.\n```")),
        ("index-entry", Piece("```{index} single: Peace; of 1950\n```\n\nPeace.")),
        ("bibliography", Piece("```{bibliography}\n```")),
        ("downloads", Piece("```{data-downloads}\n```")),
        *views(),
    ]  # fmt: skip
    pieces = dict(named)
    return Book(
        pages={
            "index": ["glossary", "index-entry"],
            "events": ["talks", "signing", "heading"],
            "people": ["zhou", "prc", "moscow"],
            "treaties": ["old", "old-1", "new", "new-1", "account-1"],
            "facts": ["account-2", "account-3", "verdict", "figure", "table"],
            "prose": [n for n in pieces if n.startswith("prose-")],
            "part/deep": ["heading-2"],
            "views": [n for n in pieces if n.startswith("view-")] + ["downloads"],
            "bib": ["bibliography"],
        },
        pieces=pieces,
        titles={
            "index": "Book",
            "events": "Events",
            "people": "People",
            "treaties": "Treaties",
            "facts": "Facts",
            "prose": "Prose",
            "part/deep": "Deep",
            "views": "Views",
            "bib": "Bibliography",
        },
        contents=["events", "people", "treaties", "facts", "prose", "part/deep", "views", "bib"],
        bibs={
            "one.bib": {
                "heinzig": {"author": "Heinzig, Dieter", "title": "Road", "date": "2004"},
                "foot": {"author": "Foot, Rosemary", "title": "Light", "date": "1991"},
            },
            "two.bib": {
                "lawrance": {"author": "Lawrance, Alan", "title": "Relations", "date": "2015"},
                "other": {"author": "Lawrance, Alan", "title": "Border", "date": "2016"},
                "uncited": {"author": "Un, Cited", "title": "Nothing", "date": "1900"},
            },
        },
        data={"map.svg": SVG.format(9), "numbers.csv": "one,two\n1,2\n"},
        messages={"Premier.": "", "Talks": "", "Signing": ""},
    )


TITLES = ("Another", "*Marked* title", "Title & more", "Of 1950", "Zhou Enlai", "Почта")
VALUES: dict[str, tuple[str, ...]] = {
    "date": ("1949-12-20", "1950", "1950~", "-0043", "wrong"),
    "born": ("1898", "1900"),
    "founded": ("1949", "1950?"),
    "signed": ("1950-02-15", "1944", ""),
    "expiry": ("1980-04-11", "1979"),
    "term": ("P25Y", "P2Q"),
    "place": ("moscow", "nowhere", "prc"),
    "actors": ("zhou", "zhou (host), prc", "nobody"),
    "treaty": ("old", "new", "none"),
    "follows": ("talks", "signing"),
    "part-of": ("talks", "signing"),
    "aliases": ("signature", "once", "zhou"),
    "sources": ("heinzig{p. 4}", "lawrance", "unknown", ""),
    "tags": ("law", "alliance, law"),
    "names": ("Chou", "Chou En-lai; zh-Hans 周恩来"),
    "coordinates": ("55.8, 37.6", "north"),
    "parties": ("prc", "prc, zhou"),
    "supersedes": ("old", "new"),
    "title": ("Peace", "Friendship *for* all"),
    "of": ("new", "old", "talks", "zhou", "gone"),
    "property": ("expiry", "date", "name"),
    "value": ("1979", "1980-02-14", "Pact"),
    "quote": ("until 1979", 'as "said"'),
    "derives-from": ("heinzig", "lawrance"),
    "stance": ("doubts", "denies"),
    "prefers": ("1979", "1980-04-11"),
    "question": ("How long?", "When was the *end*?"),
    "weight": ("major", "minor", "textual"),
    "outcome": ("open",),
    "certainty": ("possible", "certain"),
    "layout": ("margin", "block"),
    "part_of": (),
    "caption": ("Shown here", "{event}`talks` and others"),
    "columns": ("date, event, place", "event"),
    "sort": ("-date", "title"),
    "tag": ("law", "none"),
    "from": ("1950", "1990"),
    "chapter": ("events", "people", "sec-people"),
    "status": ("disputed", "settled"),
    "actor": ("zhou", "prc"),
}
SENTENCES = (
    "Plain words.",
    "{person}`zhou` and {event}`talks` and {treaty}`old`.",
    "{doc}`events` {doc}`part/deep` {doc}`new-page`.",
    "{ref}`sec-inner` {ref}`sec-events` {ref}`sec-new-page`.",
    "[](#talks) [](#moscow) [](people.md) [](#sec-bib) {any}`prc`.",
    "{cite:p}`heinzig{p. 11}` {cite:t}`uncited`.",
    "{footcite}`lawrance{p. 12}` and a note.[^extra]\n\n[^extra]: With {cite:p}`foot{p. 13}`.",
    "{term}`term` {term}`treaty`.",
    "{numref}`fig-map` {numref}`tab-numbers`.",
    "{index}`Alliance` {date}`1950-02~`.",
    "![A drawing](map.svg)",
    "{download}`numbers.csv`",
    "{cite:p}`unclosed{p. 3` and {person}`zhuo`.",
    "### A heading {cite:p}`foot`\n\nBelow it.",
    "```{include} numbers.csv\n```",
)
_FIELDS = {
    "title": ("Way", "The {Long} Road"),
    "author": ("Heinzig, D.", "Lawrance, Alan", "Foot, R. and Un, Cited"),
    "date": ("2004", "2015", "1999~"),
    "location": ("Armonk",),
    "pages": ("1--9",),
    "note": ("Second printing",),
}


def _page(book: Book, pick: Pick) -> str:
    return str(pick(sorted(book.pages)))


def _written(book: Book, pick: Pick) -> str:
    """Choose a piece that stands somewhere, and is a directive."""
    return str(pick(book.standing(lambda _, piece: piece.directive)))


def _home(book: Book, piece: str) -> list[str]:
    return next(pieces for pieces in book.pages.values() if piece in pieces)


def retitle_page(book: Book, pick: Pick) -> None:
    book.titles[_page(book, pick)] = pick(TITLES)


def retitle(book: Book, pick: Pick) -> None:
    """Give an object, or a view, another title."""
    if titled := book.standing(lambda _, piece: piece.title in _TITLED):
        book.change(pick(titled), title=pick(TITLES))


def move(book: Book, pick: Pick) -> None:
    """Move a piece to the end of another document."""
    name = pick(book.standing())
    home, goal = _home(book, name), book.pages[_page(book, pick)]
    home.remove(name)
    goal.append(name)


def delete(book: Book, pick: Pick) -> None:
    name = pick(book.standing())
    _home(book, name).remove(name)


def put_back(book: Book, pick: Pick) -> None:
    """Write a piece that was deleted."""
    if gone := sorted(book.pieces.keys() - book.standing()):
        name = pick(gone)
        book.pages[_page(book, pick)].insert(0, name)


def add(book: Book, pick: Pick) -> None:
    """Write a new object."""
    name = f"new-{len(book.pieces)}"
    given = {"id": name, "date": "1950-03", "actors": "zhou", "place": "moscow"}
    kind = pick(["event", "person", "place", "organisation"])
    options = {k: v for k, v in given.items() if kind == "event" or k == "id"}
    book.pieces[name] = Piece("Newly told of {event}`talks`.", kind, pick(TITLES), options)
    book.pages[_page(book, pick)].append(name)


def change_option(book: Book, pick: Pick) -> None:
    """Give an option of an object, or of a view, another value, right or wrong."""
    name = _written(book, pick)
    piece = book.pieces[name]
    option = pick(sorted({*piece.options, *_OPTIONS.get(piece.directive, _VIEWED)} - {"id"}))
    value = pick([*VALUES[option], None])
    options = {**piece.options, option: value}
    book.change(name, options={k: v for k, v in options.items() if v is not None})


def rename_id(book: Book, pick: Pick) -> None:
    """Give an object another id, and leave what refers to it as it is; or the first id again."""
    if named := book.standing(lambda _, piece: "id" in piece.options):
        options = book.pieces[name := pick(named)].options
        other = name if options["id"] != name else f"{name}-2"
        book.change(name, options={**options, "id": other})


def write_prose(book: Book, pick: Pick) -> None:
    """Write a sentence at the end of a document, or above all."""
    name = f"prose-{len(book.pieces)}"
    book.pieces[name] = Piece(pick(SENTENCES))
    pieces = book.pages[_page(book, pick)]
    pieces.insert(pick([0, len(pieces)]), name)


def change_source(book: Book, pick: Pick) -> None:
    """Let an account cite another work, or another page of it."""
    if accounts := book.standing(lambda name, _: name.startswith("account")):
        cited = ["heinzig{p. 6}", "foot{p. 7}", "lawrance", "unknown{p. 1}"]
        book.change(pick(accounts), title=pick(cited))


def change_citation(book: Book, pick: Pick) -> None:
    """Cite another work, or another place, where prose cites."""
    others = {"{p. ": "{pp. 2, ", "heinzig": "other", "foot": "gone", "cite:p": "cite:t"}
    if cited := book.standing(lambda _, piece: "cite" in piece.text):
        name, (old, new) = pick(cited), pick([*others.items()])
        book.change(name, text=book.pieces[name].text.replace(old, new))


def change_entry(book: Book, pick: Pick) -> None:
    """Change a field of a work, or take it away."""
    entries = book.bibs[pick(sorted(book.bibs))]
    if entries:
        fields = entries[pick(sorted(entries))]
        name = pick(sorted(_FIELDS))
        value = pick([*_FIELDS[name], None])
        fields.pop(name, None)
        if value is not None:
            fields[name] = value


def delete_entry(book: Book, pick: Pick) -> None:
    entries = book.bibs[pick(sorted(book.bibs))]
    if entries:
        del entries[pick(sorted(entries))]


def move_entry(book: Book, pick: Pick) -> None:
    """Move a work to the other file."""
    source = pick(sorted(book.bibs))
    (goal,) = book.bibs.keys() - {source}
    if book.bibs[source]:
        key = pick(sorted(book.bibs[source]))
        book.bibs[goal][key] = book.bibs[source].pop(key)


def rename_entry(book: Book, pick: Pick) -> None:
    """Give a work another key, and leave the citations as they are; or the first key again."""
    entries = book.bibs[pick(sorted(book.bibs))]
    if entries:
        key = pick(sorted(entries))
        entries[key.removesuffix("2") if key.endswith("2") else f"{key}2"] = entries.pop(key)


def add_page(book: Book, pick: Pick) -> None:
    """Add a document, with a heading that others may refer to."""
    name = pick(["new-page", "a-page", "part/page"])
    if name not in book.pages:
        book.pages[name] = []
        book.titles[name] = pick(TITLES)
        if pick([True, False]):
            book.contents.insert(pick(range(len(book.contents) + 1)), name)


def remove_page(book: Book, pick: Pick) -> None:
    """Remove a document, from the toctree too or not."""
    if others := sorted(book.pages.keys() - {"index"}):
        name = pick(others)
        del book.pages[name]
        if name in book.contents and pick([True, False]):
            book.contents.remove(name)


def rename_page(book: Book, pick: Pick) -> None:
    """Give a document another name, in the toctree as well."""
    if others := sorted(book.pages.keys() - {"index"}):
        name = pick(others)
        other = name.removesuffix("-x") if name.endswith("-x") else f"{name}-x"
        if other not in book.pages:
            book.pages[other], book.titles[other] = book.pages.pop(name), book.titles[name]
            book.contents = [other if n == name else n for n in book.contents]


def reorder(book: Book, pick: Pick) -> None:
    """Move a document within the toctree, into it or out of it."""
    name = pick(sorted(book.pages.keys() - {"index"}) or ["index"])
    if name != "index":
        place = pick([*range(len(book.contents) + 1), None])
        book.contents = [n for n in book.contents if n != name]
        if place is not None:
            book.contents.insert(place, name)


def swap_pages(book: Book, pick: Pick) -> None:
    """Let two documents have each other's pieces."""
    one, two = _page(book, pick), _page(book, pick)
    book.pages[one], book.pages[two] = book.pages[two], book.pages[one]
    book.titles[one], book.titles[two] = book.titles[two], book.titles[one]


def turn_page(book: Book, pick: Pick) -> None:
    """Turn the order of a document's pieces round."""
    book.pages[_page(book, pick)].reverse()


def configure(book: Book, pick: Pick) -> None:
    name = pick(sorted(SETTINGS))
    book.settings[name] = pick(SETTINGS[name])


def change_data(book: Book, pick: Pick) -> None:
    """Change a picture, or a file that is shown."""
    name = pick(sorted(book.data))
    number = pick([1, 2, 3])
    book.data[name] = SVG.format(number) if name.endswith("svg") else f"one,two\n{number},0\n"


def translate(book: Book, pick: Pick) -> None:
    book.messages[pick(sorted(book.messages))] = pick(["", "Übersetzt", "Anders"])


def mistake(book: Book, pick: Pick) -> None:
    """Misspell something, or mend it."""
    name = _written(book, pick)
    options = {**book.pieces[name].options}
    if options.pop("optoin", None) is None:
        options["optoin"] = "1"
    book.change(name, options=options)


EDITS: dict[str, Callable[[Book, Pick], None]] = {
    edit.__name__: edit
    for edit in (
        *(retitle_page, retitle, move, delete, put_back, add, change_option, rename_id),
        *(write_prose, change_source, change_citation, change_entry, delete_entry, move_entry),
        *(rename_entry, add_page, remove_page, rename_page, reorder, swap_pages, turn_page),
        *(configure, change_data, translate, mistake),
    )
}
_TITLED = frozenset(TITLES) | {
    piece.title for piece in book().pieces.values() if piece.directive and "id" in piece.options
}
_MORE = {
    "event": "date place actors treaty follows part-of aliases sources tags certainty layout",
    "person": "born names aliases tags",
    "organisation": "founded names aliases",
    "place": "coordinates names aliases",
    "treaty": "signed expiry term parties supersedes place aliases sources",
    "treaty-article": "treaty title sources tags",
    "account": "of property value quote derives-from stance",
    "verdict": "of prefers question weight outcome",
}
_OPTIONS = {kind: names.split() for kind, names in _MORE.items()}
_VIEWED = ("caption", "from", "chapter", "tag")
