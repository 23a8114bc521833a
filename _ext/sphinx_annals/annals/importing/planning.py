"""From drafts to objects of a book: their ids, whom they mean, and which are there already."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, count, islice

from sphinx_annals.annals.importing.drafts import Draft, Reading, Reference, Remark, language_of
from sphinx_annals.annals.model import ACTORS, Actors, Field, Identifier, Kind, Schema
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.dates import Calendar, DateError, Day, overlapping, parse
from sphinx_annals.text import fold, rings, romanised

_LONGEST_ID = 60
_IMPORTED = "imported"
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Known:
    """An object that the book has: by what another may be found to be the same."""

    kind: Kind
    id: str
    place: str
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)


class Plan:
    """What will be written, what the book has already, and what there is to say of it."""

    def __init__(self, schema: Schema, book: Sequence[Known]) -> None:
        self.schema = schema
        self.drafts: list[Draft] = []
        self.present: list[Draft] = []
        self.remarks: list[Remark] = []
        self.taken = {id: known.place for known in book for id in (known.id, *known.aliases)}
        self.keys: dict[tuple[str, str], str] = {}
        """Ids by the file, or none, and the key by which its drafts refer to each other."""
        self.named: dict[tuple[Kind, str], dict[str, None]] = {}
        self.numbered: dict[tuple[str, str], Known] = {}
        """Objects by the field and number of an identifier."""
        self.counted: dict[str, int] = {}
        self.by_name: dict[tuple[Kind, str], list[Known]] = {}
        self.by_id = {id: known for known in book for id in (known.id, *known.aliases)}
        for known in book:
            for name in known.names:
                self.by_name.setdefault((known.kind, fold(name)), []).append(known)
                self._name(known.kind, name, known.id)
            for number in self._numbers(known.kind, known.options):
                self.numbered.setdefault(number, known)

    def _remark(self, draft: Draft, message: str) -> None:
        self.remarks.append(Remark(draft.place, message))

    def _name(self, kind: Kind, name: str, id: str) -> None:
        self.named.setdefault((kind, fold(name)), {})[id] = None

    def _numbers(self, kind: Kind, options: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for option in self.schema[kind]:
            if isinstance(option.type, Identifier) and (said := options.get(option.name)):
                yield option.name, said

    def take(self, draft: Draft, *, every: bool) -> None:
        """Find out whether the book has an object, and give one that it has not an id."""
        if unfit := draft.clean():
            self._remark(
                draft, f"control characters in {_called(draft)} ({unfit}); they are left out"
            )
        self._tell_names(draft)
        if not draft.title:
            draft.entitle()
            self._remark(draft, f"no title; {_called(draft)} is called so by what it says")
        same = self._in_book(draft)
        if same and not every:
            self.present.append(draft)
            self._remark(draft, f"{_called(draft)}: {same[1]}")
            draft.id = same[0]
        else:
            if same:
                self._remark(draft, f"{_called(draft)}: {same[1]}; written all the same")
            draft.id = self._free_id(draft)
            self.taken[draft.id] = str(draft.place)
            self.drafts.append(draft)
        if draft.key:
            for path in (draft.place.path, ""):
                self.keys.setdefault((path, draft.key), draft.id)
        for name in (draft.title, *(name for name, _ in draft.names)):
            self._name(draft.kind, name, draft.id)

    def _tell_names(self, draft: Draft) -> None:
        """Keep the names that an option can hold, each with a language that can be told."""
        names, draft.names = draft.names, []
        for name, language in names:
            if not _parts(name, ";"):
                draft.kept.append(("names", name))
                why = f"{name!r} has a semicolon or an open bracket; kept as a comment"
                self._remark(draft, f"names: {why}")
                continue
            told = language_of(language) if language else ""
            draft.names.append((name, told))
            if language and not told:
                why = f"no name is told to be in {language!r}; it stands without"
                self._remark(draft, f"names: {why}")

    def _in_book(self, draft: Draft) -> tuple[str, str] | None:
        """Give the id of what is the same in the book, with the reason."""
        known = self.by_id.get(draft.id) if draft.id else None
        if known and known.kind is draft.kind:
            return known.id, f"the book has {draft.id!r} ({known.place})"
        for field_name, number in self._numbers(draft.kind, draft.options):
            if known := self.numbered.get((field_name, number)):
                told = f"{known.id!r} with {field_name} {number} ({known.place})"
                return known.id, f"the book has {told}"
        span = _span(draft.options, self.schema[draft.kind])
        for name in (draft.title, *(name for name, _ in draft.names)):
            for known in self.by_name.get((draft.kind, fold(name)), ()):
                spans = [(*span, draft), (*_span(known.options, self.schema[known.kind]), known)]
                if any(overlapping(spans)):
                    return known.id, f"the book has {known.id!r} of this name ({known.place})"
        return None

    def _free_id(self, draft: Draft) -> str:
        asked = re.sub(r"(?<=[-._])[-._]+|[^\w.-]+", "", draft.id).strip("-._")
        if asked != draft.id:
            self._remark(draft, "its id has signs that cannot stand in one; they are left out")
        made = asked or slug(draft.title) or draft.kind.value
        if made not in self.taken:
            return made
        if asked:
            self._remark(draft, f"the id {asked!r} is taken ({self.taken[asked]}); another is made")
        first, _ = _span(draft.options, self.schema[draft.kind])
        if first and (dated := f"{made}-{abs(first[0])}") not in self.taken:
            return dated
        # from the last that was given on, so that thousands of one name cost no square
        for number in count(self.counted.get(made, 2)):
            if (numbered := f"{made}-{number}") not in self.taken:
                self.counted[made] = number + 1
                return numbered
        raise AssertionError  # numbers do not end

    def find_twins(self) -> None:
        """Remark on drafts that may be one with another: by number, or by name and date."""
        groups: dict[tuple[Kind, str], dict[str, Draft]] = {}
        owners: dict[tuple[str, str], Draft] = {}
        seen: set[tuple[str, str]] = set()
        for draft in self.drafts:
            for name in (draft.title, *(name for name, _ in draft.names)):
                groups.setdefault((draft.kind, fold(name)), {})[draft.id] = draft
            for number in self._numbers(draft.kind, draft.options):
                other = owners.setdefault(number, draft)
                if other is not draft:
                    seen.add((other.id, draft.id))
                    self._twins(other, draft, f"{number[0]} {number[1]}")
        for group in groups.values():
            spans = ((*_span(d.options, self.schema[d.kind]), d) for d in group.values())
            for other, draft in overlapping(spans) if len(group) > 1 else ():
                if (other.id, draft.id) not in seen:
                    seen.add((other.id, draft.id))
                    self._twins(other, draft, "name and date")

    def _twins(self, one: Draft, other: Draft, what: str) -> None:
        message = f"{_called(other)}: {one.id!r} ({one.place}) has the same {what}"
        self._remark(other, f"{message}; both are written")

    def resolve(self, draft: Draft) -> None:
        """Turn whom a draft means into ids; who is not known is kept with a remark."""
        fields = {option.name: option for option in self.schema[draft.kind]}
        for name, references in draft.references.items():
            ids = []
            for reference in references:
                found = self._found(reference, fields[name], draft)
                if isinstance(found, str):
                    role = " ".join(reference.role.split())
                    told = role and isinstance(fields[name].type, Actors) and _parts(role, ",")
                    ids.append(f"{found} ({role})" if told else found)
                    if role and not told:
                        draft.kept.append((name, str(reference)))
                    continue
                draft.kept.append((name, str(reference)))
                why = f"{name}: {_unknown(reference, found, fields[name])}; kept as a comment"
                self._remark(draft, why)
            single = not fields[name].type.separator
            for more in ids[1:] if single else ():
                draft.kept.append((name, more))
                self._remark(draft, f"{name}: {more!r} beside {ids[0]!r}; kept as a comment")
            if ids:
                draft.options[name] = ids[0] if single else ", ".join(dict.fromkeys(ids))

    def _found(self, reference: Reference, option: Field, draft: Draft) -> str | list[str]:
        """Give the id of what is meant, or those of all that it may be."""
        key = reference.key or reference.name
        meant = self.keys.get((draft.place.path, key)) or self.keys.get(("", key))
        if not meant and (known := self.by_id.get(key) or self.numbered.get(("wikidata", key))):
            meant = known.id
        if meant and meant != draft.id:
            return meant
        of = option.refers.of if option.refers else None
        kinds = (of,) if of else [kind for kind in ACTORS if kind]
        if not reference.name:
            return []
        called = chain.from_iterable(self.named.get((k, fold(reference.name)), ()) for k in kinds)
        # several are not told apart, whatever their number
        others = [*islice((id for id in called if id != draft.id), _SEVERAL)]
        return others[0] if len(others) == 1 else others

    def mark_if_silent(self, draft: Draft) -> None:
        """Tag what says nothing but its name, for which a build would warn."""
        told = (f for f in self.schema[draft.kind] if f.stands != "nowhere")
        if not draft.body and not draft.names and not any(f.name in draft.options for f in told):
            draft.options["tags"] = _IMPORTED
            self._remark(draft, f"says nothing but its name; tagged {_IMPORTED!r}")

    def break_rings(self) -> None:
        """Take the step that closes a ring of relations that lead one way out of each."""
        for kind, options in self.schema.items():
            drafts = {draft.id: draft for draft in self.drafts if draft.kind is kind}
            for option in options:
                if not option.leads_to(kind):
                    continue
                graph = {
                    id: {*convert.split(draft.options.get(option.name, ""))} & drafts.keys()
                    for id, draft in drafts.items()
                }
                for ring in rings(graph):
                    last, first = drafts[ring[-1]], ring[0]
                    left = convert.split(last.options.pop(option.name))
                    left.remove(first)
                    if left:
                        last.options[option.name] = ", ".join(left)
                    last.kept.append((option.name, first))
                    way = " to ".join([*ring, first])
                    self._remark(
                        last, f"{option.name} leads back: {way}; the last step is kept as a comment"
                    )


def plan(readings: Sequence[Reading], book: Iterable[Known], *, every: bool = False) -> Plan:
    """Give ids to drafts, resolve whom they mean, and find those that are one with another.

    What the book has already is left out, unless ``every`` one is wanted. Of two that are one in
    the files both are written, with a remark.
    """
    made = Plan(readings[0].schema if readings else {}, [*book])
    for draft in (draft for reading in readings for draft in reading.drafts):
        made.take(draft, every=every)
    made.find_twins()
    for draft in made.drafts:
        made.resolve(draft)
        made.mark_if_silent(draft)
    made.break_rings()
    return made


def _parts(text: str, separator: str) -> bool:
    """Tell whether a text can stand among others, with a separator between them."""
    return convert.split(f"({text}){separator}x", separator) == [f"({text})", "x"] and (
        separator != ";" or convert.split(f"{text};x", separator) == [text, "x"]
    )


def _called(draft: Draft) -> str:
    return f"{draft.kind.value} {draft.title!r}"


def _unknown(reference: Reference, found: list[str], option: Field) -> str:
    said = reference.name or reference.key
    if found:
        return f"{said!r} may be {' or '.join(map(repr, found))}"
    of = option.refers.of if option.refers else None
    return f"no {of.value if of else 'person or organisation'} is called {said!r}"


def _span(options: Mapping[str, str], fields: Iterable[Field]) -> tuple[Day | None, Day | None]:
    """Give the first and last day of the first date in a life, as far as it is told."""
    for option in fields:
        if option.life and (text := options.get(option.name)):
            with suppress(DateError):
                date = parse(text, Calendar(options.get("calendar", Calendar.GREGORIAN.value)))
                return date.earliest, date.latest
    return None, None


def slug(title: str) -> str:
    """Make an id of a title: its first words in small letters, without accents."""
    found = ""
    for word in romanised(title):
        longer = f"{found}-{word}" if found else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        found = longer
    return found
