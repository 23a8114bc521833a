"""The forms of one corpus: prose, bare nodes, MyST by hand, sphinx-needs objects, annotations.

Annotations come twice: as pages alone, like the others, and with the data that the project
puts beside its pages (exports, permanent addresses, linked data), which no other form has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import EVENTS_PER_SECTION, Corpus, Entry, Event

EXTENSIONS = Path(__file__).resolve().parent.parent / "_ext"

_CONF = """\
import sys
sys.path[:0] = {paths!r}
project = "Benchmark"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_annals.citations", {extensions}]
myst_enable_extensions = ["colon_fence", "fieldlist"]
bibtex_bibfiles = ["references.bib"]
html_theme = "furo"
{settings}
"""

_NEEDS = """\
needs_types = [
    dict(directive=name, title=name.capitalize(), prefix="", color="#ffffff", style="node")
    for name in ("event", "person", "place", "treaty")
]
needs_id_regex = "^[a-z0-9-]+$"
needs_fields = {"date": {"nullable": True}, "roles": {"nullable": True}}
needs_links = {"at": {}, "actors": {}, "under": {}}
"""

_ANNALS = 'primary_domain = "annals"\n'
_NO_DATA = """\
annals_export_in_html = annals_permanent_ids = annals_linked_data = False
"""


@dataclass(frozen=True)
class Form:
    """One way to write a corpus: how an event and an entry look, and what ``conf.py`` needs."""

    name: str
    event: Callable[[Event], str]
    entry: Callable[[Entry], str]
    extensions: str = ""
    settings: str = ""

    def write(self, corpus: Corpus, folder: Path, extra: dict[str, str] | None = None) -> None:
        """Write the project; ``extra`` adds pages by name, and settings as ``conf.py``."""
        folder.mkdir(parents=True)
        pages = dict(self._pages(corpus))
        pages |= {name: text for name, text in (extra or {}).items() if name != "conf.py"}
        listed = "\n".join(sorted(pages))
        pages["index"] = f"# Benchmark\n\n```{{toctree}}\n{listed}\n```\n"
        for name, text in pages.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        conf = _CONF.format(
            paths=[str(EXTENSIONS), str(EXTENSIONS.parent / "benchmarks")],
            extensions=self.extensions,
            settings=self.settings + (extra or {}).get("conf.py", ""),
        )
        (folder / "conf.py").write_text(conf, encoding="utf-8")
        (folder / "references.bib").write_text(corpus.bibliography, encoding="utf-8")

    def _pages(self, corpus: Corpus) -> Iterable[tuple[str, str]]:
        for name, entries in (
            ("people", corpus.people),
            ("places", corpus.places),
            ("treaties", corpus.treaties),
        ):
            parts = [f"# {name.capitalize()}", *(self.entry(entry) for entry in entries)]
            yield name, "\n\n".join(parts) + "\n"
        for number, events in enumerate(corpus.documents(), start=1):
            yield f"chapter-{number:03}", self._chapter(number, events)
        yield "bibliography", "# Bibliography\n\n```{bibliography}\n```\n"

    def _chapter(self, number: int, events: list[Event]) -> str:
        parts = [f"# Chapter {number}"]
        for position, event in enumerate(events):
            if position % EVENTS_PER_SECTION == 0:
                parts.append(f"## Section {number}.{position // EVENTS_PER_SECTION + 1}")
            parts.append(self.event(event))
        return "\n\n".join(parts) + "\n"


def _with_refs(event: Event) -> str:
    return event.body.format(
        person=f"{{ref}}`{event.person.name} <{event.person.id}>`",
        event=f"{{ref}}`{event.other_title} <{event.other}>`",
    )


def _cited(event: Event) -> str:
    return f"{{cite:p}}`{event.source}{{p. {event.page}}}`"


def prose_event(event: Event) -> str:
    return (
        f"({event.id})=\n**{event.title}.** {event.shown_date}, {event.place.name}. "
        f"{_with_refs(event)} {_cited(event)}"
    )


def prose_entry(entry: Entry) -> str:
    return f"({entry.id})=\n**{entry.name}.** {entry.note}"


def hand_event(event: Event) -> str:
    actors = "; ".join(
        f"{{ref}}`{actor.name} <{actor.id}>` ({role})" for actor, role in event.actors
    )
    return (
        f"```{{admonition}} {event.title}\n:name: {event.id}\n:class: event\n\n"
        f":Date: {event.shown_date}\n"
        f":Place: {{ref}}`{event.place.name} <{event.place.id}>`\n"
        f":Actors: {actors}\n"
        f":Treaty: {{ref}}`{event.treaty.name} <{event.treaty.id}>`\n\n"
        f"{_with_refs(event)}\n\n"
        f":Sources: {_cited(event)}\n```"
    )


def hand_entry(entry: Entry) -> str:
    return f"```{{admonition}} {entry.name}\n:name: {entry.id}\n\n{entry.note}\n```"


def needs_event(event: Event) -> str:
    body = event.body.format(
        person=f"{{need}}`{event.person.id}`", event=f"{{need}}`{event.other}`"
    )
    return (
        f"```{{event}} {event.title}\n:id: {event.id}\n:date: {event.date}\n"
        f":at: {event.place.id}\n"
        f":actors: {', '.join(dict.fromkeys(actor.id for actor, _ in event.actors))}\n"
        f":roles: {'; '.join(role for _, role in event.actors)}\n"
        f":under: {event.treaty.id}\n:tags: {', '.join(event.tags)}\n\n"
        f"{body} {_cited(event)}\n```"
    )


def needs_entry(entry: Entry) -> str:
    return f"```{{{entry.kind}}} {entry.name}\n:id: {entry.id}\n\n{entry.note}\n```"


def bare_event(event: Event) -> str:
    return _annotation(event, _with_refs(event))


def annals_event(event: Event) -> str:
    body = event.body.format(
        person=f"{{person}}`{event.person.id}`", event=f"{{event}}`{event.other}`"
    )
    return _annotation(event, body, f":date-basis: stated\n:tags: {', '.join(event.tags)}\n")


def _annotation(event: Event, body: str, more: str = "") -> str:
    actors = ", ".join(f"{actor.id} ({role})" for actor, role in event.actors)
    return (
        f"```{{event}} {event.title}\n:id: {event.id}\n:date: {event.date}\n"
        f":place: {event.place.id}\n:actors: {actors}\n"
        f":treaty: {event.treaty.id}\n:sources: {event.source}{{p. {event.page}}}\n{more}"
        f"\n{body}\n```"
    )


def annals_entry(entry: Entry) -> str:
    return needs_entry(entry)


FORMS = {
    form.name: form
    for form in (
        Form("prose", prose_event, prose_entry),
        Form("bare nodes", bare_event, needs_entry, '"bare"'),
        Form("by hand", hand_event, hand_entry),
        Form("sphinx-needs", needs_event, needs_entry, '"sphinx_needs"', _NEEDS),
        Form("annals", annals_event, annals_entry, '"sphinx_annals.annals"', _ANNALS + _NO_DATA),
        Form("annals with data", annals_event, annals_entry, '"sphinx_annals.annals"', _ANNALS),
    )
}
