"""The indices of the domain: events by date, provisions by treaty, all else by name."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sphinx.domains import Index, IndexEntry
from sphinx.locale import _

from sphinx_annals.annals.domain import catalogue_of, domain_of
from sphinx_annals.annals.model import (
    Article,
    Catalogue,
    Kind,
    Record,
    Treaty,
    filed,
    in_text,
    when,
)
from sphinx_annals.language import Language, message
from sphinx_annals.text import filing_key, filing_words, initial

Groups = list[tuple[str, list[IndexEntry]]]
Entries = Iterator[tuple[str, IndexEntry]]
"""Entries in their order, each with the heading of its group."""


def page_of(index: Index | type[Index]) -> str:
    """Give the name of the page of an index."""
    return f"annals-{index.name}"


def _index(
    name: str, title: str, short: str, entries: Callable[[Catalogue], Entries]
) -> type[Index]:
    def generate(self: Index, docnames: Iterable[str] | None = None) -> tuple[Groups, bool]:
        """Give the entries in groups, those of ``docnames`` if given.

        There are none where a document has the name of the page, which would take its place.
        """
        env = self.domain.env
        if page_of(self) in env.found_docs and domain_of(env).builder.format == "html":
            return [], False
        allowed = None if docnames is None else set(docnames)
        groups: dict[str, list[IndexEntry]] = {}
        for group, entry in entries(catalogue_of(env)):
            if allowed is None or entry.docname in allowed:
                groups.setdefault(group, []).append(entry)
        return list(groups.items()), False

    said = {"name": name, "localname": title, "shortname": short, "generate": generate}
    return type(f"{name.title()}Index", (Index,), said)


def _entry(record: Record, name: str, extra: str = "", subtype: int = 0) -> IndexEntry:
    """Give the entry of a record under a name; ``subtype`` is 1 above others, 2 below."""
    return IndexEntry(name, subtype, record.docname, record.anchor, extra, "", "")


def _events(catalogue: Catalogue) -> Entries:
    """Give the events, grouped by the year in which they stand."""
    language = catalogue.language
    for event in catalogue.events():
        day, told = catalogue.chronology.days.get(event.id), when(event, catalogue)
        group = str(day[0]) if day and day[0] > 0 else _group(language, dated=day is not None)
        yield group, _entry(event, event.title, in_text(told, catalogue) if told else "")


def _group(language: Language, *, dated: bool) -> str:
    """Give the heading of what has no year of our era."""
    if not dated:
        return language.gettext("Undated")
    return language.gettext("BCE") if language.common_era else language.gettext("BC")


def _provisions(catalogue: Catalogue) -> Entries:
    """Give the treaties that have provisions, each with these below it.

    Treaties are entries and not groups: Sphinx's templates print the name of a group as it is,
    also in ids, where an author's text has no place.
    """
    placed: set[str] = set()
    for treaty in sorted(catalogue.of_type(Treaty), key=lambda t: filing_key(filed(t))):
        if articles := catalogue.articles_of(treaty):
            group = initial(filed(treaty)) or _("Symbols")
            yield group, _entry(treaty, treaty.title, subtype=1)
            for article in articles:
                placed.add(article.id)
                yield group, _entry(article, article.heading, subtype=2)
    for article in catalogue.of_type(Article):
        if article.id not in placed:
            yield (
                _("Symbols"),
                _entry(article, article.heading, catalogue.language.gettext("without a treaty")),
            )


def _names(kind: Kind, catalogue: Catalogue) -> Entries:
    """Give the records of a kind with their other names, and entries that lead from these."""
    found: list[tuple[str, IndexEntry]] = []
    for record in (record for record in catalogue.records if record.kind is kind):
        own = filing_words(filed(record))
        names = [n.text for n in record.names if filing_words(n.text) != own]
        others = catalogue.language.mark("; ").join(names)
        found.append((filed(record), _entry(record, record.filing, others)))
        for name in names:
            words = filing_words(filed(record, name))
            if own[: len(words)] != words:  # or it would stand right before
                found.append(
                    (filed(record, name), _entry(record, name, _("see %s") % record.filing))
                )
    found.sort(key=lambda item: (filing_key(item[0]), item[1].name))
    return ((initial(text) or _("Symbols"), entry) for text, entry in found)


_INDICES: tuple[tuple[str, str, Callable[[Catalogue], Entries]], ...] = (
    (message("chronology"), message("Chronological index"), _events),
    (message("articles"), message("Index of treaty articles"), _provisions),
    (message("people"), message("Index of people"), partial(_names, Kind.PERSON)),
    (
        message("organisations"),
        message("Index of organisations"),
        partial(_names, Kind.ORGANISATION),
    ),
    (message("places"), message("Index of places"), partial(_names, Kind.PLACE)),
)
"""The names of the indices, by which readers call them in short, their titles and entries."""


def indices(language: Language) -> list[type[Index]]:
    """Give the indices of the domain, with their names in a language."""
    return [
        _index(name, language.gettext(title), language.gettext(name), entries)
        for name, title, entries in _INDICES
    ]
