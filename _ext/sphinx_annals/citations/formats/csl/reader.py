"""Items of CSL-JSON, as Zotero and Crossref give them, as entries of biblatex's model."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx_annals.citations.bib import RawEntry
from sphinx_annals.citations.entry import NAME_FIELDS, TOLD, TYPES, escape
from sphinx_annals.text import printable, read_table

_DATA = read_table(Path(__file__).with_name("vocabulary.toml"))

READ_AS: Mapping[str, str] = _DATA["types"]
"""The type of an entry for each type of CSL."""
VARIABLES: Mapping[str, Sequence[str]] = _DATA["variables"]
"""The fields that a variable of CSL is written from; it is read into the first of them."""
NAMES: Mapping[str, str] = _DATA["names"]
DATES: Mapping[str, str] = _DATA["dates"]
OLDER: Mapping[str, str] = _DATA["older"]
CONTAINERS: Mapping[str, str] = _DATA["containers"]
"""The field for what holds a work, by its form."""
SUBTYPES = {kind.csl: kind.name for kind in TYPES.values() if kind.apart}
VERBATIM = ("doi", "url", "isbn", "issn", "ids", "eprint")
"""Fields that are no TeX: an address keeps its ``~`` and ``%``."""
_CUSTOM = "eprint eprintclass eprinttype ids nameatype namebtype namectype nameorder"
_CUSTOM += " shortauthor shorteditor shorthand shortseries"
CUSTOM = frozenset({*TOLD, *_CUSTOM.split()})
"""Fields that stand in `custom` where CSL has no variable for them, or has given it to another."""
_IN_NOTES = ("citation-key", *VARIABLES, *DATES)


class CslError(ValueError):
    """The text is not CSL-JSON; the message says why."""


def entries(data: Any) -> Iterator[RawEntry]:
    """Yield an entry for every item of CSL-JSON data; raises CslError."""
    if isinstance(data, dict):
        items = data.get("items") if isinstance(data.get("items"), list) else [data]
    else:
        items = data
    if not isinstance(items, list) or not items:
        raise CslError("expected an item, or a list of items")
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict) or not isinstance(item.get("type", ""), str):
            raise CslError(f"item {number} is no CSL item: it needs a “type”")
        yield _entry(item, number)


def _entry(item: Mapping[str, Any], number: int) -> RawEntry:
    kind = READ_AS.get(item.get("type", ""), "misc")
    item = {OLDER.get(name, name): value for name, value in _spread(item).items()}
    fields: dict[str, str] = {}
    for name, target in NAMES.items():
        if isinstance(item.get(name), list):
            people = " and ".join(filter(None, map(_name, item[name])))
            fields |= {target: people} if people else {}
    fields |= {target: date for name, target in DATES.items() if (date := _date(item.get(name)))}
    issued = "issue" in item and TYPES[kind].form in ("article", "periodical")
    for name, (target, *_) in VARIABLES.items():
        value = item.get(name)
        if isinstance(value, str | int | float) and str(value).strip():
            target = "eid" if name == "number" and issued else target
            target = own(name) if target in fields else target
            fields[target] = _source(target, str(value).strip())
    container = item.get("container-title")
    if isinstance(container, list):
        container = container[0] if container else ""
    if isinstance(container, str) and container:
        fields[CONTAINERS.get(TYPES[kind].form, "maintitle")] = to_tex(container)
    body = any("institution" in wanted for wanted in TYPES[kind].requires)
    if body and "publisher" in fields:
        fields["institution"] = fields.pop("publisher")
    if "pages" in fields:
        fields["pages"] = re.sub(r"(?<=\w)\s*[-–]\s*(?=\w)", "--", fields["pages"])
    custom = item.get("custom")
    if isinstance(custom, dict) and {"box", "folder"} & custom.keys():
        fields.pop("shelfmark", None)
    for name, value in custom.items() if isinstance(custom, dict) else ():
        if name in CUSTOM and name in NAME_FIELDS and isinstance(value, list):
            fields[name] = " and ".join(filter(None, map(_name, value)))
        elif name in CUSTOM and isinstance(value, str):
            fields[name] = _source(name, value)
    if item.get("type") in SUBTYPES:
        fields["entrysubtype"] = SUBTYPES[item["type"]]
    elif item.get("type") in READ_AS and item["type"] != TYPES[kind].csl:
        fields["csltype"] = item["type"]
    fields = {name: printable(value) for name, value in fields.items()}
    return RawEntry(printable(_key(item)), kind, fields, "standard input", number)


def own(variable: str) -> str:
    """Name the field that keeps a variable where another has taken its own."""
    return f"csl{variable.replace('-', '').lower()}"


def _source(field: str, text: str) -> str:
    # a DOI may come as a link
    return re.sub(r"</?a\b[^<>]*>", "", text) if field in VERBATIM else to_tex(text)


def _spread(item: Mapping[str, Any]) -> dict[str, Any]:
    """Give an item with what Zotero, which has no fields for it, keeps in the lines of its note.

    Each is “Citation Key: …” or the name of another variable with its text. What CSL has no
    variable for stands in `custom` by the field’s name.
    """
    spread = dict(item)
    note = item.get("note")
    kept = []
    for line in note.split("\n") if isinstance(note, str) else ():
        match = re.fullmatch(r"\s*([A-Za-z][\w -]*?)\s*:\s*(\S.*?)\s*", line)
        name = re.sub(r"[\s-]+", "-", match[1]) if match else ""
        name = next((known for known in _IN_NOTES if known.lower() == name.lower()), "")
        if match and name and not item.get(name):
            spread[name] = {"literal": match[2]} if name in DATES else match[2]
        else:
            kept.append(line)
    if len(kept) < len(str(note).split("\n")):
        spread["note"] = "\n".join(kept).strip()
    return spread


def _key(item: Mapping[str, Any]) -> str:
    # a bare number is only the place of an item in some database
    keys = [str(item.get("citation-key") or ""), str(item.get("id") or "")]
    keys[1] = "" if keys[1].isdigit() else keys[1]
    return next((key for key in keys if _KEY.fullmatch(key)), "")


def _name(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    parts = {part: to_tex(str(text)) for part, text in name.items() if text}
    family, given, literal = (parts.get(part, "") for part in ("family", "given", "literal"))
    if literal or not (family and given):
        whole = literal or family or given
        one_word = not literal and not re.search(r"[\s,]", whole)
        return whole if one_word else f"{{{whole}}}"
    # BibTeX would take a small first word for a particle, “and” and commas for marks of its own
    if re.search(r",|\band\b", family) or family[0].islower():
        family = f"{{{family}}}"
    if "dropping-particle" in parts:  # which BibTeX’s own form cannot tell from the other
        prefix = " ".join(parts[part] for part in _PARTICLES if part in parts)
        words = {"family": family, "given": given, "suffix": parts.get("suffix", "")}
        told = [f"{part}={_guarded(text)}" for part, text in words.items() if text]
        return ", ".join([*told, f"prefix={_guarded(prefix)}", "useprefix=false"])
    whole = " ".join([*(parts[part] for part in _PARTICLES if part in parts), family])
    return ", ".join(filter(None, (whole, parts.get("suffix"), given)))


_PARTICLES = ("dropping-particle", "non-dropping-particle")


def _guarded(text: str) -> str:
    return f"{{{text}}}" if re.search(r",|\band\b", text) else text


def _date(date: Any) -> str:
    """Give an EDTF date of CSL's date parts, or its literal text."""
    if not isinstance(date, dict):
        return ""
    try:
        ends = [[int(part) for part in end[:3]] for end in date["date-parts"][:2] if end]
        if ends and len(ends[0]) == 1 and str(date.get("season")) in [*"1234"]:
            ends[0].append(20 + int(date["season"]))
        doubt = "~" if date.get("circa") else ""
        return "/".join(_point(*end) + doubt for end in ends)
    except (KeyError, TypeError, ValueError):
        return str(date.get("raw") or date.get("literal") or "").strip()


def _point(year: int, *rest: int) -> str:
    # CSL counts years before Christ, EDTF has a year 0
    year = year + 1 if year < 0 else year
    return "-".join([f"{year:0{4 if year >= 0 else 5}}", *(f"{n:02}" for n in rest)])


def to_tex(text: str) -> str:
    """Give CSL's text, which may hold a little HTML, as TeX source."""
    text = escape(_curled(html.unescape(text)))
    for tag, command in _DATA["tags"].items():
        closing = tag.split()[0]
        text = re.sub(f"<{tag}>(.*?)</{closing}>", rf"{command}{{\1}}", text)
    return " ".join(text.replace("\u00a0", "~").split())


def _curled(text: str) -> str:
    """Give the text with curved quotation marks; TeX takes every straight one for a closing one."""

    def curved(match: re.Match[str]) -> str:
        mark, before = match[0], re.sub(_TAG, "", text[: match.start()])[-1:]
        if len(mark) > 1:  # a tag
            return mark
        after = re.sub(_TAG, "", text[match.end() :])[:1]
        # ’68 leaves out its century
        opens = not before.strip('([{—–/“‘ \u00a0\n\t"') and bool(after.strip())
        opens &= not (mark == "'" and after.isdigit())
        return ("“‘" if opens else "”’")["\"'".index(mark)]

    return re.sub(rf"{_TAG}|[\"']", curved, text) if re.search("[\"']", text) else text


_KEY = re.compile(r"(?!.*://)[^\s,;{}()\"#=%~\\`<>|@']+")
"""What can stand in a role; the addresses by which Zotero knows its items are no keys."""
_TAG = r"</?[a-z][^<>]*>"
