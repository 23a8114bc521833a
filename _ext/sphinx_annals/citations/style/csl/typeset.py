"""Citations and references in a CSL style, set by Typst and read back as rich text.

Typst is asked once for many: for each work that is cited, and for each set of works that are cited
together, with a placeholder where a locator stands. What it gives does not hang on how often, so
the time does not either.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal, NamedTuple

from sphinx_annals.citations.entry import Entry, Rich, Span, safe_url
from sphinx_annals.citations.style.chicago import reference
from sphinx_annals.citations.style.csl.sheets import Sheet, SheetError
from sphinx_annals.citations.style.csl.works import Described, described, eastern_names, given_back
from sphinx_annals.citations.style.locators import show_locator
from sphinx_annals.citations.style.options import Options
from sphinx_annals.fences.typst import unread_field

LOCATOR = "\ue0f0"
"""Stands where a locator goes."""
_LABEL = re.compile(r"(?:pp?|S|с)\.[\s\u00a0]*$")
_OTHER = "other"
"""A work that no one cites: behind it nothing is “ibid.”"""

Form = Literal["normal", "prose", "author", "year", "first", "again"]
"""How a citation is set: in a form of Typst, or in a note, the first of a work or a later one."""


class Request(NamedTuple):
    """What is to be set: works by key, each with whether a locator follows it."""

    form: Form
    cited: tuple[tuple[str, bool], ...]


class Part(NamedTuple):
    """A piece of a citation: text, and the key of the work that it is on, if on one."""

    text: Rich
    key: str = ""


@dataclass
class Typeset:
    """What Typst gave: citations by request, references by key, in the order of the style."""

    citations: dict[Request, tuple[Part, ...]] = field(default_factory=dict)
    references: dict[str, Rich] = field(default_factory=dict)


def forms(sheet: Sheet, entries: Mapping[str, Entry], locator: str) -> dict[str, dict[str, str]]:
    """Give by key how works are shown as plain text: in a list, and in the text or in its notes.

    Raises SheetError where the style cannot be used.
    """
    wanted: dict[str, Form] = {"text": "normal"}
    if sheet.notes:
        wanted = {"note": "first", "later": "again"}
    cited = {key: ((key, bool(locator)),) for key in entries}
    made = typeset(sheet, entries, (Request(f, c) for c in cited.values() for f in wanted.values()))
    found: dict[str, dict[str, str]] = {}
    for key, cite in cited.items():
        # what the style leaves out of lists is told there as the house does
        house = reference(entries[key], options=Options("notes" if sheet.notes else "author-date"))
        found[key] = {"list": str(made.references.get(key, "") or house)}
        for name, form in wanted.items():
            parts = made.citations[Request(form, cite)]
            texts = (located(p.text, locator, sheet) if p.key else p.text for p in parts)
            found[key][name] = "".join(map(str, texts))
    return found


def located(text: Rich, locator: str, sheet: Sheet) -> Rich:
    """Put a locator in its place, and at the end in a style that has none for it."""
    shown = show_locator(locator, page_labels=sheet.page_labels)
    before, place, _ = str(text).partition(LOCATOR)
    if _LABEL.search(before):  # the style sets “p.” before whatever stands there
        shown = show_locator(locator)
    if not place:
        return text + f", {shown}" if shown else text
    place = LOCATOR
    if sheet.close_pages and shown != locator and before.endswith(", "):
        place, shown = f", {LOCATOR}", f" {shown}"
    return text.each(lambda said: said.replace(place, shown))


def typeset(
    sheet: Sheet, entries: Mapping[str, Entry], requests: Iterable[Request], language: str = "en"
) -> Typeset:
    """Set citations and the references of ``entries``, which are in the order of their citing.

    Raises SheetError where the style cannot be used.
    """
    if not sheet.notes:
        found = _set(sheet, entries, list(dict.fromkeys(requests)), language)
        return found if sheet.listed else Typeset(found.citations)
    if not sheet.listed:  # a list tells of a work what its first note does
        requests = [*requests, *(Request("first", ((key, False),)) for key in entries)]
    wanted = dict.fromkeys(requests)
    # a work can be cited for the first time only once in a text: with a locator, or without
    both = (Request("first", ((key, False),)) for key in entries)
    bare = {r for r in both if r in wanted and Request("first", ((r.cited[0][0], True),)) in wanted}
    made = _set(sheet, entries, [request for request in wanted if request not in bare], language)
    if bare:
        made.citations |= _set(sheet, entries, sorted(bare), language).citations
    if not sheet.listed:
        first = {key: made.citations[Request("first", ((key, False),))] for key in entries}
        made.references = {
            key: sum((part.text for part in parts), Rich()) for key, parts in first.items()
        }
    return made


def _set(
    sheet: Sheet, entries: Mapping[str, Entry], requests: Sequence[Request], language: str
) -> Typeset:
    labels = {key: f"w{number}" for number, key in enumerate(entries)}
    works = {labels[key]: described(entry) for key, entry in entries.items()}
    works[_OTHER] = {"type": "book", "title": _OTHER, "author": _OTHER}
    asked = list(dict.fromkeys(_opened(sheet, entries, requests)))
    lines: list[str] = []
    before = ""
    for number, request in enumerate(asked):
        if sheet.notes and request.cited[0][0] == before:
            lines.append(_line("", f"#cite(<{_OTHER}>)"))
        before = request.cited[-1][0]
        lines.append(_line(f"r{number}", _asked(request, labels)))
    page = _compile(sheet, works, lines, language)
    return _read(page, list(entries.values()), asked)


def _opened(
    sheet: Sheet, entries: Mapping[str, Entry], requests: Sequence[Request]
) -> Iterator[Request]:
    """Give what is to be set, with each work alone somewhere, which tells what leads to it.

    Numbers go by the order of citing, and only what has been cited can be cited again.
    """
    form: Form = "first" if sheet.notes else "normal"
    first = {request.cited[0][0]: request for request in requests if request.form == "first"}
    yield from (first.get(key) or Request(form, ((key, False),)) for key in entries)
    yield from requests


def _line(identity: str, content: str) -> str:
    return f'#html.elem("p", attrs: (id: "{identity}"))[{content}]'


def _asked(request: Request, labels: Mapping[str, str]) -> str:
    form = "normal" if request.form in ("first", "again") else request.form
    return "".join(
        f'#cite(<{labels[key]}>, form: "{form}"{f", supplement: [{LOCATOR}]" * located})'
        for key, located in request.cited
    )


def _compile(sheet: Sheet, works: dict[str, Described], lines: list[str], language: str) -> str:
    import typst  # what takes long to load is loaded where it is needed

    name = "sheet.csl" if sheet.source else sheet.name
    lang, _, region = (sheet.locale or language).replace("_", "-").partition("-")
    text = f'#set text(lang: "{lang}"' + (f', region: "{region}")' if len(region) == 2 else ")")
    listed = f'#bibliography("works.yml", style: "{name}", title: none, full: true)'
    source = "\n".join([text, *lines, listed])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.csl").write_bytes(sheet.source)
        main = Path(folder, "main.typ")
        main.write_text(source, encoding="utf-8")
        while True:
            Path(folder, "works.yml").write_text(json.dumps(works), encoding="utf-8")
            try:
                page = typst.compile(str(main), root=folder, format="html")
            except typst.TypstError as error:
                # a value that hayagriva cannot read costs itself: an address without a host
                work, name = unread_field(error.message) or ("", "")
                if name not in works.get(work, {}):
                    raise SheetError(f"{sheet.name!r} cannot be used: {error.message}") from error
                del works[work][name]
            else:
                assert isinstance(page, bytes)
                return page.decode()


class _Run(NamedTuple):
    span: Span
    goal: str


class _Reader(HTMLParser):
    """Takes a page of Typst apart: for each line, note and reference its runs of text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, list[_Run]] = {}
        self.notes: dict[str, list[_Run]] = {}
        self.references: list[tuple[str, list[_Run]]] = []
        self.marks: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self._into: list[_Run] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "p" and "id" in told:
            self._into = self.lines.setdefault(told["id"], [])
        elif tag == "li":
            self._into = []
            if any(a.get("role") == "doc-endnotes" for _, a in self._open):
                self.notes[told.get("id", "")] = self._into
            else:
                self.references.append((told.get("id", ""), self._into))
        elif tag in ("p", "div"):
            self._into.append(_Run(Span(" "), ""))
        if tag not in ("br", "img", "meta"):
            self._open.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(told.get("role") == "doc-backlink" and tag == "sup" for tag, told in self._open):
            return
        goals = [told["href"] for tag, told in self._open if tag == "a" and "href" in told]
        inner = [goal.removeprefix("#") for goal in goals if goal.startswith("#")]
        outer = [goal for goal in goals if not goal.startswith("#")]
        tags = {tag for tag, _ in self._open}
        styles = " ".join(told.get("style", "") for _, told in self._open)
        span = Span(
            data,
            italic="em" in tags or "i" in tags,
            bold="strong" in tags or "b" in tags,
            caps="small-caps" in styles,
            script=next((name for name in ("sup", "sub") if name in tags), ""),
            href=safe_url(outer[-1]) if outer else "",
        )
        self._into.append(_Run(span, inner[0] if inner else ""))


def _read(page: str, works: Iterable[Entry], requests: Sequence[Request]) -> Typeset:
    reader = _Reader()
    reader.feed(page)
    eastern = {name for entry in works for name in eastern_names(entry)}
    found: list[tuple[Request, list[_Run]]] = []
    keys: dict[str, str] = {}
    for number, request in enumerate(requests):
        runs = reader.lines.get(f"r{number}", [])
        runs = next((reader.notes[run.goal] for run in runs if run.goal in reader.notes), runs)
        found.append((request, runs))
        if len(request.cited) == 1:
            keys |= {run.goal: request.cited[0][0] for run in runs if run.goal}
    made = Typeset()
    for goal, runs in reader.references:
        if key := keys.get(goal, ""):
            spans = Rich(run.span for run in runs)
            made.references[key] = given_back(_trimmed(spans), eastern)
    for request, runs in found:
        made.citations[request] = tuple(
            part._replace(text=given_back(part.text, eastern)) for part in _parts(runs, keys)
        )
    return made


def _trimmed(text: Rich) -> Rich:
    """Take away white space at the ends, and all but one space inside."""
    out: list[Span] = []
    for span in text:
        before = out[-1].text if out else " "
        words = re.sub("[ \n]+", " ", span.text)
        words = words.lstrip(" ") if before.endswith(" ") else words
        if words:
            out.append(span._replace(text=words))
    return Rich(out).last(str.rstrip)


def _parts(runs: Iterable[_Run], keys: Mapping[str, str]) -> Iterator[Part]:
    """Join runs of one work."""
    part = Part(Rich())
    for run in runs:
        key = keys.get(run.goal, "")
        if key != part.key and part.text:
            yield part
            part = Part(Rich())
        part = Part(part.text + Rich([run.span]), key)
    if part.text:
        yield part
