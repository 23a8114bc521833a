"""Tolerant reading of .bib files: every entry comes out, every fault is a finding.

Grammar: Patashnik, *BibTeXing* (1988); biber's extensions as Zotero and Better BibTeX write
them. A percent sign is text, as in BibTeX itself, but opens a remark between two fields, as in
biber.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sphinx_annals.citations.bib.decoding import decode
from sphinx_annals.citations.bib.raw import BibSource, Finding, RawEntry
from sphinx_annals.citations.entry.dates import MONTHS

STRINGS: Mapping[str, str] = {month[:3].lower(): month for month in MONTHS} | {
    month.lower(): month for month in MONTHS
}


def read_files(paths: Iterable[Path], encoding: str = "utf-8-sig") -> list[BibSource]:
    """Read files in order; the strings of one serve in those after it, as in BibTeX."""
    strings: dict[str, str] = {}
    return [read_file(path, encoding, strings) for path in paths]


def read_file(path: Path, encoding: str = "utf-8-sig",
              strings: dict[str, str] | None = None) -> BibSource:  # fmt: skip
    """Read one file; a file that cannot be opened is a finding, not an error.

    `strings` holds what earlier files define, and takes what this one does.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        finding = Finding("file", f"cannot read the bibliography file: {reason}", str(path), 0)
        return BibSource(str(path), (), (finding,))
    text, findings = decode(data, str(path), encoding)
    source = parse(text, str(path), strings)
    return BibSource(str(path), source.entries, findings + source.findings)


def parse(text: str, path: str = "<string>", strings: dict[str, str] | None = None) -> BibSource:
    """Parse the text of a .bib file; never raises."""
    parser = _Parser(text, path, {} if strings is None else strings)
    entries = tuple(parser.entries())
    return BibSource(path, entries, tuple(parser.findings))


class _EntryError(Exception):
    """The rest of an entry cannot be read."""


_ENTRY = re.compile(r"@\s*([^\s{}()@,=\"#%]+)\s*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w:.-]*[ \t]*[{(][^\n={}]*(?:,|$)", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,{}()=\"]*)\s*")
_LOOSE_KEY = re.compile(r"\s*([^,\n=}]*?)\s*(?=[,}\n])")
_NAME = re.compile(r"\s*([^\s=,{}()\"#]+)\s*=\s*")
# a quotation mark inside a value that is in quotation marks is no end of it
_AFTER_QUOTE = re.compile(r"\s*(?:[,})#]|$|[A-Za-z][\w-]*\s*=|@)")
_FIELD_INSIDE = re.compile(r",[ \t]*\n\s*[A-Za-z]+\s*=\s*[{\"\w]")
# after the brace that should close an entry another field of it
_GOES_ON = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"]")
_BRACES = re.compile(r"[{}\\]")
_WORD = re.compile(r"[^\s,{}()\"#=]+")


class _Parser:
    def __init__(self, text: str, path: str, strings: dict[str, str]) -> None:
        self.text = text
        self.path = path
        self.pos = 0
        self.findings: list[Finding] = []
        self.strings = strings
        self.starts = [match.start() for match in _NEXT.finditer(text)]
        self.key = ""
        self._line_at = 0
        self._line = 1

    def line(self, pos: int) -> int:
        if pos < self._line_at:
            return self.text.count("\n", 0, pos) + 1
        self._line += self.text.count("\n", self._line_at, pos)
        self._line_at = pos
        return self._line

    def note(self, code: str, message: str, pos: int | None = None) -> None:
        where = self.line(self.pos if pos is None else pos)
        self.findings.append(Finding(code, message, self.path, where, self.key))

    def entries(self) -> Iterator[RawEntry]:
        seen_at = -1
        while (at := self.text.find("@", self.pos)) >= 0:
            self.pos = at
            self.key = ""
            match = _ENTRY.match(self.text, at)
            if match is None:
                self.pos = at + 1
                if self._starts_line(at) and at > seen_at:
                    self.note("syntax", "an “@” that opens no entry; write @type{key, …}", at)
                continue
            seen_at = at
            self.pos = match.end()
            kind = match[1].lower()
            if kind == "comment":
                self._skip_comment(match[2])
            elif kind == "preamble":
                self._guarded_value()
            elif kind == "string":
                self._string(match[2])
            else:
                entry = self._entry(kind, at, match[2])
                if entry is not None:
                    yield entry

    def _starts_line(self, at: int) -> bool:
        return not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip()

    def _skip_comment(self, opener: str) -> None:
        if opener == "{":
            self.pos -= 1
            try:
                self._braced()
            except _EntryError:
                self.pos = self._recover(self.pos)

    def _guarded_value(self) -> None:
        while self.text[self.pos : self.pos + 1].isspace():
            self.pos += 1
        try:
            self._value()
        except _EntryError as problem:
            self.note("syntax", str(problem))
            self.pos = self._recover(self.pos)

    def _string(self, opener: str) -> None:
        match = _NAME.match(self.text, self.pos)
        if match is None:
            self.note("syntax", "@string needs the form @string{name = {text}}")
            self.pos = self._recover(self.pos)
            return
        self.pos = match.end()
        try:
            self.strings[match[1].lower()] = self._value()
        except _EntryError as problem:
            self.note("syntax", str(problem))
            self.pos = self._recover(self.pos)

    def _entry(self, kind: str, at: int, opener: str) -> RawEntry | None:
        match = _KEY.match(self.text, self.pos)
        key = match[1] if match else ""
        end = match.end() if match else self.pos
        if self.text[end : end + 1] == "=":
            key, end = "", self.pos
        elif self.text[end : end + 1] not in (",", "}", ")"):
            loose = _LOOSE_KEY.match(self.text, self.pos)
            if loose is None:
                self._unreadable(at)
                return None
            spaced, end = loose[1], loose.end()
            key = re.sub(r"[\s{}()\"]+", "-", spaced).strip("-")
            self.note("key", f"the key {spaced!r} has characters no key may have; "
                             f"cite it as {key!r}", at)  # fmt: skip
        if not key:
            key = f"nokey-line-{self.line(at)}"
            self.note("key", f"an entry without a key; it is kept as {key!r}", at)
        self.key = key
        line = self.line(at)
        self.pos = end
        fields: dict[str, str] = {}
        lines: dict[str, int] = {}
        before = len(self.findings)
        try:
            self._fields(fields, lines, "}" if opener == "{" else ")")
        except _EntryError as problem:
            self.note("syntax", f"{problem}; the fields before it are kept")
            self.pos = self._recover(self.pos)
        self._first_fault_alone(before)
        return RawEntry(key, kind, fields, self.path, line, lines)

    def _first_fault_alone(self, before: int) -> None:
        """Of the faults of syntax in one entry keep the first: the others follow from it."""
        found = self.findings[before:]
        first = next((finding for finding in found if finding.code == "syntax"), None)
        self.findings[before:] = [f for f in found if f.code != "syntax" or f is first]

    def _unreadable(self, at: int) -> None:
        message = "an entry that cannot be read; write @type{key, field = {text}, …}"
        self.note("syntax", message, at)
        self.pos = self._recover(self.pos)

    def _fields(self, fields: dict[str, str], lines: dict[str, int], closer: str) -> None:
        text = self.text
        while True:
            while self.pos < len(text) and (text[self.pos].isspace() or text[self.pos] == ","):
                self.pos += 1
            if self.pos >= len(text):
                raise _EntryError("the file ends inside the entry: a closing brace is missing")
            if text[self.pos] == closer:
                more = _GOES_ON.match(text, self.pos + 1)
                if more is None:
                    self.pos += 1
                    return
                self.note("syntax", f"a “{closer}” too many before “{more[1]}”; it is left out")
                self.pos += 1
                continue
            start = self.pos
            if text[start] == "%":
                # biber takes the rest of such a line for a remark
                end = text.find("\n", start)
                self.pos = end if end >= 0 else len(text)
                continue
            match = _NAME.match(text, start)
            if match is None:
                self._stray(start, closer)
                continue
            self.pos = match.end()
            name = match[1].lower()
            value = self._value(name)
            if name in fields:
                if value != fields[name]:
                    message = f"the field “{name}” is given twice; the first counts"
                    self.note("field", message, start)
            else:
                fields[name] = value
                lines[name] = self.line(start)

    def _stray(self, start: int, closer: str) -> None:
        text = self.text
        if text[start] == "@" or _NEXT.match(text, start):
            raise _EntryError("a closing brace is missing before the next entry")
        stop = re.compile(r"[,\n]|" + re.escape(closer)).search(text, start + 1)
        end = stop.start() if stop else len(text)
        scrap = text[start:end].strip()
        self.note("syntax", f"expected “field = value”, found {scrap[:40]!r}; skipped", start)
        self.pos = end if end > start else start + 1

    def _value(self, name: str = "") -> str:
        parts = [self._one_value(name)]
        while True:
            end = self.pos
            while end < len(self.text) and self.text[end].isspace():
                end += 1
            if self.text[end : end + 1] != "#":
                break
            self.pos = end + 1
            while self.pos < len(self.text) and self.text[self.pos].isspace():
                self.pos += 1
            parts.append(self._one_value(name))
        after = self.text[end : end + 1]
        if after and after not in ",})%" and not self.text[end:].startswith("@"):
            self.note("syntax", f"a comma is missing after the field “{name}”", self.pos)
        return "".join(parts)

    def _one_value(self, name: str) -> str:
        char = self.text[self.pos : self.pos + 1]
        if char == "{":
            return self._braced()
        if char == '"':
            return self._in_quotes()
        match = _WORD.match(self.text, self.pos)
        if match is None:
            self.note("syntax", f"the field “{name}” has no value")
            return ""
        self.pos = match.end()
        word = match[0]
        if word.isdigit() or re.fullmatch(r"[\d\-/.~?X]+", word):
            return word
        known = self.strings.get(word.lower(), STRINGS.get(word.lower()))
        if known is not None:
            return known
        self.note("string", f"the string “{word}” is not defined; put the text of “{name}” in "
                            "braces, or define it with @string", match.start())  # fmt: skip
        return word

    def _braced(self) -> str:
        start = self.pos
        depth = 0
        limit = self._limit(start)
        for match in _BRACES.finditer(self.text, start, limit):
            if match[0] == "\\":
                continue
            if match.start() > 0 and self._escaped(match.start()):
                continue
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                value = self.text[start + 1 : match.start()]
                if _FIELD_INSIDE.search(value) and "}" not in self.text[match.end() : limit]:
                    break
                self.pos = match.end()
                return value
        return self._unclosed(start, "brace")

    def _escaped(self, pos: int) -> bool:
        count = 0
        while pos > count and self.text[pos - count - 1] == "\\":
            count += 1
        return count % 2 == 1

    def _in_quotes(self) -> str:
        start = self.pos
        depth = 0
        index = start + 1
        limit = self._limit(start)
        while index < limit:
            char = self.text[index]
            if char == "\\":
                index += 2
                continue
            if char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
            elif char == '"' and depth <= 0 and _AFTER_QUOTE.match(self.text, index + 1):
                self.pos = index + 1
                return self.text[start + 1 : index]
            index += 1
        return self._unclosed(start, "quotation mark")

    def _limit(self, start: int) -> int:
        """Where the next entry begins at the start of a line: no value runs past it."""
        index = bisect_left(self.starts, start)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def _unclosed(self, start: int, what: str) -> str:
        """Keep the first line of a value whose end is missing, and go on after it."""
        limit = self._limit(start)
        stop = self.text.find("\n", start, limit)
        end = stop if stop >= 0 else limit
        line = self.text[start + 1 : end].rstrip()
        value = line.rstrip(",").rstrip("}")
        self.note("syntax", f"a {what} is opened and never closed; the value is taken to end "
                            "with its line", start)  # fmt: skip
        self.pos = start + len(line) if line.endswith(",") else end
        return value

    def _recover(self, pos: int) -> int:
        return self._limit(pos)
