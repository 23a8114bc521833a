"""Files of others: what they are, and in which encoding their text is."""

import codecs
import json
import re
from typing import Any

from sphinx_annals.annals.importing import wikidata
from sphinx_annals.annals.importing.drafts import Place, Reading
from sphinx_annals.annals.importing.mapping import How
from sphinx_annals.annals.importing.tables import read_csv
from sphinx_annals.annals.importing.tei import read_tei
from sphinx_annals.text import undecodable

_UTF_16 = dict.fromkeys((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig"} | _UTF_16
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin: they are archives, or compound documents."""


def read(data: bytes, path: str, how: How) -> Reading | None:
    """Read a file by what is in it; None for a bibliography, which has readers of its own.

    Raises MappingError where nothing tells what the rows of a table are.
    """
    reading = Reading(path, how.schema)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        reading.remark(Place(path), "the file is empty")
    elif re.match(rb"(\xef\xbb\xbf)?\s*<|\xff\xfe<\0|\xfe\xff\0<", data):
        read_tei(data, reading)
    elif data.startswith(_OFFICE):
        reading.remark(Place(path), "a file of an office program; save it as CSV there")
    elif (text := _decoded(data, how.encoding, reading)) is None:
        pass  # which is remarked
    elif re.match(r"\s*(?:%[^\n]*\s*)*@\w+\s*\{", text):  # BibTeX
        return None
    elif text.lstrip()[:1] not in ("{", "["):
        read_csv(text, reading, how)
    else:
        return _read_json(text, reading, how)
    return reading


def _read_json(text: str, reading: Reading, how: How) -> Reading | None:
    try:
        said = _json(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = Place(reading.path, getattr(error, "lineno", 1))
        reading.remark(place, f"no JSON from here on ({error})")
        return reading
    if wikidata.is_results(said):
        wikidata.read_results(said, reading, how)
    elif wikidata.is_entities(said):
        wikidata.read_entities(said, reading, how)
    elif _is_works(said):
        return None
    else:
        message = "JSON, but neither of Wikidata nor CSL; nothing is read"
        reading.remark(Place(reading.path), message)
    return reading


def _json(text: str) -> Any:
    """Read JSON, or a dump that has an entity on each line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        lines = [line.strip().rstrip(",") for line in text.splitlines()]
        lines = [line for line in lines if line not in ("", "[", "]")]
        if len(lines) < 2 or not all(line[0] == "{" and line[-1] == "}" for line in lines):
            raise
        return [json.loads(line) for line in lines]


def _is_works(said: Any) -> bool:
    """Tell whether something is works in CSL-JSON: what has a type, and tells of a work."""
    items = said.get("items", [said]) if isinstance(said, dict) else said
    telling = {"title", "author", "editor", "issued", "container-title", "publisher", "DOI"}
    return isinstance(items, list) and any(
        isinstance(item, dict) and isinstance(item.get("type"), str) and telling & item.keys()
        for item in items
    )


def _decoded(data: bytes, encoding: str, reading: Reading) -> str | None:
    """Decode a text by its byte order mark, as the user says, or as UTF-8."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    try:
        return data.decode(marked or encoding or "utf-8")
    except UnicodeDecodeError as error:
        line, fault = undecodable(error, marked or encoding or "UTF-8")
        message = f"{fault}; save it as UTF-8, or name its encoding: --encoding windows-1252"
        reading.remark(Place(reading.path, line), message)
    except (LookupError, ValueError):  # some codecs of Python are for other things than text
        reading.remark(Place(reading.path), f"no encoding of texts is called {encoding!r}")
    return None
