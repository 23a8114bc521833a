"""Tables: CSV as spreadsheets and databases write it, and the rows of a SPARQL query.

A separator is found by the first line; a byte order mark, quotation marks as Excel writes them and
its ``sep=;`` are understood. What a cell holds beyond its field is kept and remarked on.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from sphinx_annals.annals.importing import dates
from sphinx_annals.annals.importing.drafts import Draft, Place, Reading
from sphinx_annals.annals.importing.mapping import (
    AUTHORITIES,
    IGNORE,
    PARTS,
    TAGGED,
    How,
    Mapped,
    MappingError,
    guessed_kind,
    targets,
)
from sphinx_annals.annals.model import Names
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.dates import from_text

_SEPARATORS = ",;\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""A line as a file has it; Unicode's other ends of lines stand within cells."""
_EXCEL = re.compile(r'="(.*)"', re.DOTALL)
Column = tuple[str, str | None]
"""The name of a column, and what it goes into, if that can be told."""
Row = tuple[Place, Sequence[str]]
"""Where a row begins, and its cells."""


def read_csv(text: str, reading: Reading, how: How) -> None:
    """Read a table with a header line; raises MappingError where its columns tell nothing."""
    rows = _rows(text, reading)
    place, headers = next(rows, (Place(reading.path), ()))
    if headers:
        read_rows(headers, rows, reading, how)
    else:
        reading.remark(place, "nothing in it; the first line has the names of columns")


def read_rows(headers: Sequence[str], rows: Iterable[Row], reading: Reading, how: How) -> None:
    """Make a draft of each row; raises MappingError where nobody can tell what the rows are."""
    stem, mapped = PurePath(reading.path).stem, how.mapped
    kind = how.kind or mapped.kind or guessed_kind(headers, stem, reading.schema)
    if kind is None:
        raise MappingError(
            f"nothing tells what the rows are; the columns are {', '.join(headers)}: "
            "name the kind with --kind, and columns in a file with --mapping"
        )
    wanted = targets(headers, kind, reading.schema, mapped)
    columns = list(zip(headers, wanted, strict=True))
    for place, cells in rows:
        draft = Draft(kind, place)
        _fill(draft, columns, cells, reading, mapped)
        if draft.title or draft.body or draft.options or draft.references:
            reading.drafts.append(draft)
        else:
            reading.remark(draft.place, "nothing in this row that has a place; it is left out")


def _rows(text: str, reading: Reading) -> Iterator[Row]:
    """Give the rows that hold something, each with its line."""
    lines = _LINE.findall(text)
    start = 0
    separator = ""
    if lines and (announced := re.fullmatch(r"sep=(.)\s*", lines[0])):
        separator, start = announced[1], 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    separator = separator or _separator("".join(lines[start : start + 1]))
    while start < len(lines):
        rest = (lines[number] for number in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=separator, strict=True)
        begins = start + 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Place(reading.path, begins), [_bare(cell) for cell in cells]
                begins = start + reader.line_num + 1
            return
        except csv.Error as error:
            # one line is read as it stands, and the reading goes on behind it
            why = "a quotation mark that opens here is not closed" if "end" in str(error) else error
            place = Place(reading.path, begins)
            reading.remark(place, f"{why}; the line is read as it stands")
            yield place, lines[begins - 1].rstrip("\r\n").split(separator)
            start = begins


def _separator(header: str) -> str:
    """Give what parts the names of columns, outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=bare.count)


def _bare(cell: str) -> str:
    """Give a cell without what keeps a spreadsheet from taking it for a number or a formula."""
    if excel := _EXCEL.fullmatch(cell):
        return excel[1].replace('""', '"')
    return cell[1:] if re.match(r"'[=+\-@\t\r\n＝＋－＠]", cell) else cell


def _fill(
    draft: Draft, columns: Sequence[Column], cells: Sequence[str], reading: Reading, mapped: Mapped
) -> None:
    told: list[tuple[str, str]] = []
    for number, raw in enumerate(cells):
        header, target = columns[number] if number < len(columns) else ("", None)
        text = raw.strip()
        if not text or target == IGNORE:
            continue
        if number >= len(columns):
            reading.keep(draft, f"column {number + 1}", text, "the header has no such column")
        elif target is None:
            reading.unread[f"column {header!r}" if header else f"column {number + 1}"] += 1
        else:
            told.append((target, mapped.values.get(target, {}).get(text, text)))
    if told:
        known = {target for target, _ in told}
        told += [(name, text) for name, text in mapped.all.items() if name not in known]
    ends: dict[str, dict[str, str]] = {}
    # the title before other names, the calendar before what is stated in it
    for target, text in sorted(told, key=lambda pair: pair[0] not in ("title", "calendar")):
        base, _, end = target.rpartition("-")
        if target in PARTS:
            ends.setdefault("coordinates", {})[target] = text
        elif end in ("from", "to") and base:
            ends.setdefault(base, {})[end] = text
        else:
            _put(draft, target, text, reading)
    for name, found in ends.items():
        _join(draft, name, found, reading)
    draft.settle()


def _put(draft: Draft, target: str, text: str, reading: Reading) -> None:
    name, _, tag = target.partition(" ")
    if target == "title":
        draft.call(text)
    elif target == "body":
        draft.body += re.split(r"\n\s*\n", text)
    elif target == "id":
        draft.key = draft.id = text
    elif target == TAGGED:
        for said in Names().convert(text):
            draft.call(said.text, said.language or "")
    elif name == "names" and tag:
        for piece in convert.split(text, ";"):
            draft.call(piece, tag)
    elif target == AUTHORITIES:
        for piece in convert.split(text, ";"):
            authority, _, number = piece.partition(" ")
            if reading.field_of(draft.kind, authority):
                reading.say(draft, authority, number)
            else:
                reading.keep(draft, target, piece, f"no authority file {authority!r}")
    else:
        reading.say(draft, target, text)


def _join(draft: Draft, name: str, found: Mapping[str, str], reading: Reading) -> None:
    """Make one value of what two columns say."""
    if name == "coordinates":
        numbers = [found.get(part, "").replace(",", ".") for part in PARTS]
        reading.say(draft, name, ", ".join(numbers))
        return
    try:
        read = {end: from_text(text, draft.calendar) for end, text in found.items()}
        said, calendar = dates.in_one_calendar(read)
        begin = said.get("from", "")
        edtf = dates.span(begin, said["to"]) if "to" in said else begin
    except ValueError as error:
        reading.keep(draft, name, " / ".join(found.values()), str(error))
        return
    reading.say(draft, name, edtf, calendar=calendar)
