"""TEI: listPerson, listPlace, listOrg and listEvent, wherever they stand in a document.

What of an object has no field is counted by its element; nothing is guessed from prose. TEI's
dates are Gregorian unless ``@datingMethod`` says otherwise of ``@when-custom``; a year before
Christ is counted as XML Schema 1.0 does, to which TEI refers: -0044 is 44 BC.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sphinx_annals.annals.importing import dates
from sphinx_annals.annals.importing.drafts import Draft, Place, Reading, Reference
from sphinx_annals.annals.importing.xml import XML_ID, XML_LANG, Element, XmlError, parse_xml
from sphinx_annals.annals.model import Identifier, Kind
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.dates import Calendar, DateError, HistoricalDate, edtf_year, from_text, parse
from sphinx_annals.text import read_table

_DATA = read_table(Path(__file__).with_name("tei.toml"))
_KINDS = {name: Kind(kind) for name, kind in _DATA["kinds"].items()}
_OBJECTS: Mapping[str, list[str]] = _DATA["objects"]
_LISTS = {"listPerson", "listPlace", "listOrg", "listEvent"}
_GIVEN, _FAMILY = ("forename",), ("nameLink", "surname", "genName")
_TITLE_AT_MOST = 120


def read_tei(data: bytes, reading: Reading) -> None:
    """Read all lists of a document; where it breaks off, what was whole before is read."""
    path = reading.path
    try:
        root, broken = parse_xml(data)
    except XmlError as error:
        reading.remark(Place(path, error.line), str(error))
        return
    if broken:
        reading.remark(Place(path, broken.line), f"{broken}; what is whole before it is read")
    found = [element for element in (root, *root.walk()) if element.name in _LISTS]
    if not found:
        message = "no listPerson, listPlace, listOrg or listEvent in it"
        reading.remark(Place(path, root.line), message)
    seen: set[int] = set()
    for listed in found:
        _read_list(listed, reading, "", seen)


def _read_list(listed: Element, reading: Reading, within: str, seen: set[int]) -> None:
    for element in listed.elements:
        if element.name in _LISTS:
            _read_list(element, reading, within, seen)
        elif element.name in _KINDS:
            if id(element) not in seen and "broken" not in element.attributes:
                seen.add(id(element))
                _read_object(element, reading, within, seen)
        elif element.name != "head" and id(element) not in seen:
            seen.add(id(element))
            reading.unread[f"<{listed.name}>/<{element.name}>"] += 1


def _read_object(element: Element, reading: Reading, within: str, seen: set[int]) -> None:
    kind = _KINDS[element.name]
    draft = Draft(kind, Place(reading.path, element.line), key=element.get(XML_ID))
    draft.id = draft.key
    rest = _read_names(element, draft)
    if kind is Kind.EVENT:
        _date(element, draft, "date", reading)
        if where := element.get("where"):
            reading.say(draft, "place", "", key=_key(where))
        if within:
            reading.say(draft, "part-of", "", key=within)
    phrases, own_dates = (_DATA[table].get(kind.value, {}) for table in ("phrases", "dates"))
    for child in rest:
        name = child.name
        typed = f"{name}-{child.get('type')}"
        if name in own_dates:
            _date(child, draft, own_dates[name], reading)
            _count(child, reading, element.name, {"date"})
        elif typed in phrases or name in phrases:
            _more(draft, phrases.get(typed) or phrases[name], child.text)
        elif name == "idno":
            _identify(child, draft, reading, element.name)
        elif name == "location" and kind is Kind.PLACE and _is_own(child):
            _locate(child, draft, reading)
        elif name in _LISTS or name in _KINDS:
            continue
        elif kind is Kind.EVENT and name in ("placeName", "rs") and _key(_pointer(child)):
            reading.say(draft, "place", child.text, key=_key(_pointer(child)))
        elif kind is Kind.EVENT and name in ("persName", "orgName"):
            reading.say(draft, "actors", child.text, key=_key(_pointer(child)))
        elif name in _DATA["bodies"]["names"] and not child.get("type").endswith("_id"):
            draft.body += [text] if (text := child.text) else []
        elif child.text or child.attributes:
            label = f"[@type={child.get('type')!r}]" if child.get("type") else ""
            reading.unread[f"<{element.name}>/<{name}>{label}"] += 1
    _take_date(draft, reading)
    draft.settle()
    reading.drafts.append(draft)
    for child in rest:  # objects within an object
        if child.name in _LISTS:
            if kind is Kind.EVENT:
                _take_part(child, draft, seen)
            _read_list(child, reading, draft.key if kind is Kind.EVENT else "", seen)
        elif child.name in _KINDS and "broken" not in child.attributes:
            seen.add(id(child))
            if kind is not Kind.EVENT:
                reading.unread[f"<{element.name}> that <{child.name}> stands in"] += 1
            _read_object(child, reading, draft.key if kind is Kind.EVENT else "", seen)


def _read_names(element: Element, draft: Draft) -> list[Element]:
    """Note the names of an object, the one to go by first; give its other elements."""
    for name in _OBJECTS[element.name]:
        if element.all(name):
            break
    calls = element.all(name)
    preferred = _DATA["preferred"]["types"]
    calls.sort(key=lambda call: call.get("type") not in preferred)
    more = {"label"} if element.name == "event" and name != "label" else set()
    others = set(_OBJECTS[element.name]) - {name} - more
    if element.name == "event" and len(calls[0].text if calls else "") > _TITLE_AT_MOST:
        return [*element.elements]  # a label that is a text
    for number, call in enumerate([*calls, *element.all(*sorted(others))]):
        shown, filed = _name(call)
        if number == 0 and filed and draft.kind is Kind.PERSON:
            draft.options["sort-name"] = filed
        tag = call.get(XML_LANG)
        draft.call(shown, convert.language_tag(tag) if number else "")
    return [child for child in element.elements if child.name not in others | {name}]


def _name(call: Element) -> tuple[str, str]:
    """Give a name as it is read, and as it files where its parts tell that."""
    parts = {name: " ".join(e.text for e in call.all(name)) for name in (*_GIVEN, *_FAMILY)}
    if not (parts["forename"] and parts["surname"]):
        return call.text, ""
    shown = " ".join(filter(None, parts.values()))
    roles = [e.text for e in call.all("roleName", "addName") if e.text]
    link = f" {parts['nameLink']}" if parts["nameLink"] else ""
    return ", ".join([shown, *roles]), f"{parts['surname']}, {parts['forename']}{link}"


def _take_date(draft: Draft, reading: Reading) -> None:
    """Take the label of an event for its date, where it is one."""
    if draft.kind is Kind.EVENT and draft.title and "date" not in draft.options:
        with suppress(ValueError):  # a label that is a date
            date = from_text(draft.title)
            reading.say(draft, "date", date.edtf, calendar=date.calendar)
            draft.title = ""


def _take_part(listed: Element, draft: Draft, seen: set[int]) -> None:
    """Note who takes part in an event; who is described there is an object besides."""
    for item in listed.all("person", "personGrp", "persName"):
        named = (item.all("persName") or [item])[0]
        pointer = item.get("corresp") or item.get("sameAs") or _pointer(item) or _pointer(named)
        who = Reference(item.get(XML_ID) or _key(pointer), named.text, item.get("role"))
        draft.references.setdefault("actors", []).append(who)
        if not item.get(XML_ID):
            seen.add(id(item))


def _identify(child: Element, draft: Draft, reading: Reading, around: str) -> None:
    """Note an identifier in an authority file that has a field, else count it."""
    said = [child.get("subtype"), child.get("type")]
    text = child.text
    fields = [f for f in reading.schema[draft.kind] if isinstance(f.type, Identifier)]
    names = {re.sub(r"\W", "", word.lower()) for word in said}
    names |= {_DATA["authorities"].get(word, word) for word in names}
    for field in fields:
        host = re.sub(r"https?://(www\.)?([^/]*).*", r"\2", getattr(field.type, "address", ""))
        if field.name in names or re.match(rf"https?://(\w+\.)*{re.escape(host)}/", text):
            reading.say(draft, field.name, text)
            return
    if text:
        label = child.get("subtype") or child.get("type")
        reading.unread[f"<{around}>/<idno>[@type={label!r}]"] += 1


def _is_own(location: Element) -> bool:
    """Tell whether a location is that of the place, not of one that it lies in."""
    return location.get("type") in ("", "coords", "coordinates", "geo", "point", "current")


def _locate(location: Element, draft: Draft, reading: Reading) -> None:
    for geo in location.walk():
        if geo.name == "geo" and geo.text:
            reading.say(draft, "coordinates", geo.text)
        elif geo.name not in ("geo", "placeName") and geo.text:
            reading.unread[f"<place>/<location>/<{geo.name}>"] += 1


def _more(draft: Draft, name: str, text: str) -> None:
    if text:
        old = draft.options.get(name)
        draft.options[name] = f"{old}; {text}" if old else text


def _count(element: Element, reading: Reading, around: str, known: set[str]) -> None:
    """Count what stands in an element beside what is read of it."""
    for child in element.elements:
        if child.name not in known and child.text:
            reading.unread[f"<{around}>/<{element.name}>/<{child.name}>"] += 1


def _pointer(element: Element) -> str:
    return element.get("ref") or element.get("key")


def _key(pointer: str) -> str:
    """Give the xml:id that a pointer leads to; of an address, that within the document."""
    first = pointer.split()[0] if pointer else ""
    return first.rpartition("#")[2] if "#" in first or "/" not in first else ""


def _date(element: Element, draft: Draft, name: str, reading: Reading) -> None:
    """Read the date of an element: by its attributes, a date in it, or its text."""
    dated = element
    if not _attributes(element) and (inner := element.all("date")):
        dated = inner[0]
    said = _attributes(dated)
    if not said and element.name == "event":
        return
    try:
        edtf, calendar = _edtf(said, dated) if said else ("", _calendar_of(dated.get("calendar")))
    except ValueError as error:
        told = " ".join(f'{key}="{value}"' for key, value in said.items())
        reading.keep(draft, name, told, str(error))
        return
    own_text = " ".join("".join(t for t in dated.content if isinstance(t, str)).split())
    if not said and not own_text:
        return
    reading.say(draft, name, edtf or own_text, calendar=calendar)


_ENDS = (("notBefore", "notAfter"), ("from", "to"))
_ATTRIBUTES = ("when", *(name for ends in _ENDS for name in ends))


def _attributes(element: Element) -> dict[str, str]:
    """Give the attributes that date it, of each those of XML Schema before all others."""
    found: dict[str, str] = {}
    for name in _ATTRIBUTES:
        for kind in ("", "-iso", "-custom"):
            if value := element.get(f"{name}{kind}"):
                found.setdefault(f"{name}{kind}", value)
                break
    return found


def _calendar_of(pointer: str) -> Calendar:
    return Calendar.JULIAN if "julian" in pointer.lower() else Calendar.GREGORIAN


def _edtf(said: Mapping[str, str], element: Element) -> tuple[str, Calendar]:
    """Give the date that attributes tell, and its calendar; raises ValueError."""
    method = element.get("datingMethod")
    custom = {name for name in said if name.endswith("-custom")}
    if custom and "julian" not in method.lower():
        raise ValueError(f"no calendar that is known: {method!r}")
    told = {}
    for name, value in said.items():
        calendar = Calendar.JULIAN if name in custom else Calendar.GREGORIAN
        told[name.partition("-")[0]] = _xsd(value, calendar, iso=name.endswith("-iso"))
    known, calendar = dates.in_one_calendar(told)
    return _joined(known, element), calendar


def _joined(known: Mapping[str, str], element: Element) -> str:
    """Make one date of those that attributes tell, with the doubts that the element tells."""
    for first, last in _ENDS:
        begin, end = (parse(known[name]) if name in known else None for name in (first, last))
        if begin and end and begin.span[0] > end.span[1]:
            raise ValueError(f"@{first} is later than @{last}")
    mark = "~" if element.get("precision") in ("low", "medium") else ""
    mark = {"low": "?", "unknown": "?"}.get(element.get("cert"), "") or mark
    if "when" in known:
        edtf = known["when"]
        return edtf if edtf[-1:] in "?~%]" or "/" in edtf else edtf + mark
    some = dates.between(known.get("notBefore", ""), known.get("notAfter", ""))
    if "from" in known or "to" in known:
        first, last = (
            known.get("from") or known.get("notBefore", ""),
            known.get("to") or known.get("notAfter", ""),
        )
        return dates.span(first, last)
    return some + mark if some[:1] != "[" else some


def _xsd(text: str, calendar: Calendar, *, iso: bool) -> HistoricalDate:
    """Read a date of XML Schema, or of ISO 8601, which has a year 0."""
    text = re.sub(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)$", "", text.strip())
    if re.fullmatch(r"--.*|.*:.*", text) and "T" not in text:
        raise ValueError(f"{text!r} has no year")
    if text.startswith("-") and not iso and (match := re.match(r"-(\d{4,})", text)):
        text = edtf_year(1 - int(match[1])) + text[match.end() :]
    try:
        return parse(text, calendar)
    except DateError:
        return from_text(text, calendar)
