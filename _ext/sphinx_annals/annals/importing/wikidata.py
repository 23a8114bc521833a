"""Wikidata: entities as Special:EntityData, the API and dumps give them, and results of queries.

Statements of the best rank count, those that are deprecated do not. Dates are in the calendar that
each names; JSON has no year 0, so that -0044 is 44 BC.
(https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx_annals.annals.importing import dates
from sphinx_annals.annals.importing.drafts import Draft, Place, Reading
from sphinx_annals.annals.importing.mapping import How
from sphinx_annals.annals.importing.tables import read_rows
from sphinx_annals.annals.model import Coordinates, Date, Kind
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.dates import Calendar, HistoricalDate, edtf_year, parse
from sphinx_annals.text import read_table

_DATA = read_table(Path(__file__).with_name("wikidata.toml"))
_JULIAN = "Q1985786"
_DAY, _MONTH, _YEAR, _DECADE, _CENTURY, _MILLENNIUM = 11, 10, 9, 8, 7, 6
_TELLING = {"labels", "claims"}
_OF_AN_ITEM = {"Label": "title", "Description": "description", "AltLabel": "other names"}
_QUALIFIED = {"P1319": "first", "P1326": "last"}
Json = Any


def is_entities(data: Json) -> bool:
    """Tell whether something is an entity of Wikibase, or several."""
    return any(True for _ in _entities(data))


def _entities(data: Json) -> Iterator[Mapping[str, Json]]:
    """Give the entities of what the API and Special:EntityData answer, or of a dump."""
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        answered = item.get("entities")
        for entity in answered.values() if isinstance(answered, dict) else [item]:
            if isinstance(entity, dict) and "id" in entity and _TELLING & entity.keys():
                yield entity


def read_entities(data: Json, reading: Reading, how: How) -> None:
    """Read entities; the first of the languages that has a label gives the title."""
    for entity in _entities(data):
        place = Place(reading.path, within=str(entity["id"]))
        try:
            _read_entity(entity, place, reading, how)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            reading.remark(place, f"not as Wikibase gives an entity ({error!r}); it is left out")


def _read_entity(entity: Mapping[str, Json], place: Place, reading: Reading, how: How) -> None:
    own = how.kind or _kind(entity)
    if own is None:
        message = "nothing tells what kind of object it is; name it with --kind"
        reading.remark(place, f"{message}; it is left out")
        return
    draft = Draft(own, place, key=str(entity["id"]))
    _read_names(entity, draft, how.languages)
    _read_claims(entity, draft, reading)
    if not draft.title:
        reading.remark(place, f"no label in {', '.join(how.languages)}; it is called by its number")
        draft.title = draft.key
    reading.drafts.append(draft)


def _claims(entity: Mapping[str, Json]) -> dict[str, list[Mapping[str, Json]]]:
    """Give the statements that count by property: those of the best rank."""
    found = {}
    for name, statements in (entity.get("claims") or {}).items():  # PHP writes [] for none
        ranked: dict[str, list[Mapping[str, Json]]] = {}
        for statement in statements:
            ranked.setdefault(statement.get("rank", "normal"), []).append(statement)
        if best := ranked.get("preferred") or ranked.get("normal"):
            found[name] = best
    return found


def _values(statements: Sequence[Mapping[str, Json]]) -> list[Json]:
    snaks = (statement.get("mainsnak", {}) for statement in statements)
    return [
        s["datavalue"]["value"]
        for s in snaks
        if s.get("snaktype", "value") == "value" and "datavalue" in s
    ]


def _item(value: Json) -> str:
    """Give the id of an item as a value."""
    if isinstance(value, dict):
        return str(value.get("id") or f"Q{value.get('numeric-id')}")
    return ""


def _kind(entity: Mapping[str, Json]) -> Kind | None:
    claims = _claims(entity)
    for item in map(_item, _values(claims.get("P31", []))):
        if item in _DATA["instances"]:
            return Kind(_DATA["instances"][item])
    return next((Kind(k) for k, telling in _DATA["kinds"].items() if claims.keys() & telling), None)


def _read_names(entity: Mapping[str, Json], draft: Draft, languages: Sequence[str]) -> None:
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    told = [(label, language) for language in languages if (label := _in(labels, language))]
    for number, (name, language) in enumerate(told):
        draft.call(name, convert.language_tag(language) if number else "")
    claims = _claims(entity)
    for name in _DATA["names"]["properties"]:
        for value in _values(claims.get(name, [])):
            if isinstance(value, dict) and value.get("text"):
                draft.call(value["text"], convert.language_tag(value.get("language", "")))
    for language in languages:
        for alias in aliases.get(language.lower(), ()):
            draft.call(alias["value"], language if told and language != told[0][1] else "")
    about = (_in(entity.get("descriptions") or {}, language) for language in languages)
    description = next(filter(None, about), "")
    if description and draft.kind in (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE):
        draft.options["role"] = description
    elif description:
        draft.body.append(description)


def _in(texts: Mapping[str, Json], language: str) -> str:
    """Give the text in a language; what is written alike in many stands under “mul”."""
    found = texts.get(language.lower()) or texts.get("mul") or {}
    return str(found.get("value") or "")


def _read_claims(entity: Mapping[str, Json], draft: Draft, reading: Reading) -> None:
    if re.fullmatch(r"Q\d+", draft.key) and reading.field_of(draft.kind, "wikidata"):
        reading.say(draft, "wikidata", draft.key)
    wanted: dict[str, str] = dict(_DATA.get(draft.kind.value, {}))
    wanted |= {p: f for p, f in _DATA["identifiers"].items() if reading.field_of(draft.kind, f)}
    claims = _claims(entity)
    times: dict[str, list[HistoricalDate]] = {}
    for name, target in wanted.items():
        field = reading.field_of(draft.kind, target.removesuffix("-from").removesuffix("-to"))
        for statement in claims.get(name, ()):
            values = _values([statement])
            if not values:
                if field and isinstance(field.type, Date):
                    reading.keep(draft, target, "unknown", f"{name} has no value")
            elif field and isinstance(field.type, Date):
                try:
                    time = _time(values[0], statement)
                except ValueError as error:
                    reading.keep(draft, target, str(values[0].get("time")), str(error))
                else:
                    times.setdefault(target, []).append(time)
            elif field and field.refers:
                reading.say(draft, target, "", key=_item(values[0]))
            elif field and isinstance(field.type, Coordinates):
                numbers = (values[0].get(part) for part in ("latitude", "longitude"))
                reading.say(draft, target, ", ".join(map(str, numbers)))
            elif field and field.name in draft.options:
                reading.keep(draft, target, str(values[0]), "a second one")
            else:
                reading.say(draft, target, str(values[0]))
    _put_times(draft, times, reading)
    for name in claims.keys() - wanted.keys() - {"P31", *_DATA["names"]["properties"]}:
        reading.unread[f"property {name}"] += len(claims[name])


def _put_times(draft: Draft, times: Mapping[str, list[HistoricalDate]], reading: Reading) -> None:
    """Put the dates into their fields, all in one calendar."""
    one, calendar = dates.in_one_calendar(
        {(target, n): time for target, found in times.items() for n, time in enumerate(found)}
    )
    told = {
        target: dates.one_of([one[target, n] for n in range(len(found))])
        for target, found in times.items()
    }
    if ends := {target for target in told if target.endswith(("-from", "-to"))}:
        for base in {target.rpartition("-")[0] for target in ends}:
            said = dates.span(told.pop(f"{base}-from", ""), told.pop(f"{base}-to", ""))
            told.setdefault(base, said)
    for target, edtf in told.items():
        reading.say(draft, target, edtf, calendar=calendar)
    draft.settle()


def _time(value: Mapping[str, Json], statement: Mapping[str, Json]) -> HistoricalDate:
    """Give a time with its doubts; raises ValueError."""
    qualifiers = statement.get("qualifiers") or {}
    julian = str(value.get("calendarmodel", "")).endswith(_JULIAN)
    calendar = Calendar.JULIAN if julian else Calendar.GREGORIAN
    ends = {
        end: _point(snak["datavalue"]["value"], calendar)
        for name, end in _QUALIFIED.items()
        for snak in qualifiers.get(name, ())
        if "datavalue" in snak
    }
    if ends:
        return parse(dates.between(ends.get("first", ""), ends.get("last", "")), calendar)
    said = (s.get("datavalue", {}).get("value") for s in qualifiers.get("P1480", ()))
    mark = "".join({_DATA["doubts"].get(_item(v), "") for v in said})
    edtf = _point(value, calendar)
    doubts = "" if edtf.startswith("[") else "%" if len(mark) > 1 else mark
    return parse(edtf + doubts, calendar)


def _point(value: Mapping[str, Json], calendar: Calendar) -> str:
    """Give the EDTF of a time of Wikibase to its precision; raises ValueError."""
    match = re.fullmatch(r"([+-])(\d+)-(\d\d)-(\d\d)T.*", str(value.get("time")))
    if not match:
        raise ValueError(f"{value.get('time')!r} is no time")
    count, precision = int(match[2]), value.get("precision")
    before = match[1] == "-"
    if precision in (_DAY, _MONTH, _YEAR):
        text = edtf_year(1 - count if before else count)
        text = "-".join([text, match[3], match[4]][: precision - _YEAR + 1])
    elif precision == _DECADE and not before:
        text = f"{count // 10:03}X"
    elif precision in (_DECADE, _CENTURY, _MILLENNIUM):
        length = 10 ** (_YEAR - precision)
        last = -(-count // length) * length
        first = last - length + 1
        if before:
            first, last = 1 - last, 1 - first
        text = f"[{edtf_year(first)}..{edtf_year(last)}]"
    else:
        raise ValueError(f"{match[0]!r} is known to a precision of {precision!r} alone")
    return parse(text, calendar).edtf


def is_results(data: Json) -> bool:
    """Tell whether something is the results of a SPARQL query in JSON."""
    match data:
        case {"head": {"vars": list()}, "results": {"bindings": list()}}:
            return True
    return False


def read_results(data: Json, reading: Reading, how: How) -> None:
    """Read the results of a query as a table; raises MappingError as that does."""
    headers = [str(name) for name in data["head"]["vars"]]
    rows = (
        (
            Place(reading.path, within=f"result {number}"),
            [_cell(binding.get(name)) for name in headers],
        )
        for number, binding in enumerate(data["results"]["bindings"], 1)
        if isinstance(binding, dict)
    )
    read_rows([_title(name, headers) for name in headers], rows, reading, how)


def _title(name: str, headers: Sequence[str]) -> str:
    """Call a column by what it is of: the first item with a label is what the rows are about.

    Of another one the label counts: ``placeLabel`` is the place. (The label service of Wikidata's
    queries makes these names.)
    """
    labelled = [header for header in headers if f"{header}Label" in headers]
    about = (labelled or ["item"])[0]
    for ending, column in (("", "wikidata"), *_OF_AN_ITEM.items()):
        if name == f"{about}{ending}":
            return column
    if name.removesuffix("Label") in labelled:
        return name.removesuffix("Label") if name.endswith("Label") else f"{name} (item)"
    return name


def _cell(bound: Json) -> str:
    if not isinstance(bound, dict):
        return ""
    value = str(bound.get("value", ""))
    if bound.get("type") == "uri" and (match := re.fullmatch(r".*/(Q\d+)", value)):
        return match[1]
    return value
