"""Tolerant reading of .bib files: every entry comes out, every fault is a finding.

Grammar: Patashnik, *BibTeXing* (1988); biber's extensions as Zotero and Better BibTeX write
them. A percent sign is text, as in BibTeX itself, but opens a remark between two fields, as in
biber.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx_annals.citations.bib.decoding import decode
from sphinx_annals.citations.bib.written import BibSource, Finding, RawEntry, Span
from sphinx_annals.citations.entry import MONTHS

STRINGS = {month[:3].lower(): month for month in MONTHS} | {m.lower(): m for m in MONTHS}
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], " ")


def read_files(paths: Iterable[Path], encoding: str = "utf-8-sig") -> list[BibSource]:
    """Read files in order; the strings of one serve in those after it, as in BibTeX."""
    strings: dict[str, str] = {}
    return [read_file(path, encoding, strings) for path in paths]


def read_file(
    path: Path, encoding: str = "utf-8-sig", strings: dict[str, str] | None = None
) -> BibSource:
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
    """Parse the text of a .bib file; never raises.

    Line ends become alike, and blank what no output can hold, but no character more or less: so
    the places of entries are those of the text as it is given.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n").translate(_CONTROL)
    text = re.sub("^\ufeff", " ", text)
    parser = _Parser(text, path, {} if strings is None else strings)
    entries = tuple(parser.entries())
    return BibSource(path, entries, tuple(parser.findings))


class _FaultError(Exception):
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
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_IN_QUOTES = re.compile(r"\\.|[{}\"]", re.DOTALL)
_WORD = re.compile(r"[^\s,{}()\"#=]+")
_SPACE = re.compile(r"\s*")
_BETWEEN = re.compile(r"[\s,]*")


class _Parser:
    def __init__(self, text: str, path: str, strings: dict[str, str]) -> None:
        self.text = text
        self.path = path
        self.pos = 0
        self.findings: list[Finding] = []
        self.strings = strings
        self.starts = [match.start() for match in _NEXT.finditer(text)]
        self.key = ""
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def line(self, pos: int) -> int:
        return bisect_left(self.breaks, pos) + 1

    def note(self, code: str, message: str, pos: int | None = None) -> None:
        where = self.line(self.pos if pos is None else pos)
        self.findings.append(Finding(code, message, self.path, where, self.key))

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Go on behind what a pattern matches here; give the character there."""
        match = pattern.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def entries(self) -> Iterator[RawEntry]:
        seen_at = -1
        while (at := self.text.find("@", self.pos)) >= 0:
            self.pos = at
            self.key = ""
            match = _ENTRY.match(self.text, at)
            if match is None:
                self.pos = at + 1
                begins = not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip()
                if begins and at > seen_at:
                    self.note("syntax", "an “@” that opens no entry; write @type{key, …}", at)
                continue
            seen_at = at
            self.pos = match.end()
            kind = match[1].lower()
            if kind == "comment":
                if match[2] == "{":
                    self.pos -= 1
                    self._braced()
            elif kind in ("preamble", "string"):
                self._definition(kind)
            else:
                entry = self._entry(kind, at, "}" if match[2] == "{" else ")")
                if entry is not None:
                    yield entry

    def _definition(self, kind: str) -> None:
        match = _NAME.match(self.text, self.pos) if kind == "string" else None
        if kind == "string" and match is None:
            self.note("syntax", "@string needs the form @string{name = {text}}")
            self.pos = self._limit(self.pos)
            return
        self.skip(_NAME if match else _SPACE)
        value = self._value()
        if match:
            self.strings[match[1].lower()] = value

    def _entry(self, kind: str, at: int, closer: str) -> RawEntry | None:
        line = self.line(at)
        name = self._key(at)
        if name is None:
            return None
        fields: dict[str, str] = {}
        lines: dict[str, int] = {}
        before = len(self.findings)
        try:
            self._fields(fields, lines, closer)
        except _FaultError as fault:
            self.note("syntax", f"{fault}; the fields before it are kept")
            self.pos = self._limit(self.pos)
        # of the faults of syntax in one entry the first alone: the others follow from it
        found = self.findings[before:]
        first = next((finding for finding in found if finding.code == "syntax"), None)
        self.findings[before:] = [f for f in found if f.code != "syntax" or f is first]
        whole = Span(at, at + len(self.text[at : self.pos].rstrip()))
        return RawEntry(self.key, kind, fields, self.path, line, lines, whole, name)

    def _key(self, at: int) -> Span | None:
        """Read the key, or make one; None where not even the end of one can be seen."""
        match = _KEY.match(self.text, self.pos)
        key, name, end = match[1], Span(*match.span(1)), match.end()  # type: ignore[index,union-attr]
        if self.text[end : end + 1] == "=":
            key, end = "", self.pos
        elif self.text[end : end + 1] not in (",", "}", ")"):
            loose = _LOOSE_KEY.match(self.text, self.pos)
            if loose is None:
                message = "an entry that cannot be read; write @type{key, field = {text}, …}"
                self.note("syntax", message, at)
                self.pos = self._limit(self.pos)
                return None
            key = re.sub(r"[\s{}()\"]+", "-", loose[1]).strip("-")
            name, end = Span(*loose.span(1)), loose.end()
            message = f"the key {loose[1]!r} has characters no key may have; cite it as {key!r}"
            self.note("key", message, at)
        if not key:
            key = f"nokey-line-{self.line(at)}"
            self.note("key", f"an entry without a key; it is kept as {key!r}", at)
        self.key, self.pos = key, end
        return name

    def _fields(self, fields: dict[str, str], lines: dict[str, int], closer: str) -> None:
        text = self.text
        while True:
            char = self.skip(_BETWEEN)
            start = self.pos
            if not char:
                raise _FaultError("the file ends inside the entry: a closing brace is missing")
            if char == closer:
                self.pos += 1
                more = _GOES_ON.match(text, self.pos)
                if more is None:
                    return
                message = f"a “{closer}” too many before “{more[1]}”; it is left out"
                self.note("syntax", message, start)
            elif char == "%":  # biber takes the rest of such a line for a remark
                end = text.find("\n", start)
                self.pos = end if end >= 0 else len(text)
            elif (match := _NAME.match(text, start)) is None:
                self._stray(start, closer)
            else:
                self.pos = match.end()
                name = match[1].lower()
                value = self._value(name)
                if name not in fields:
                    fields[name], lines[name] = value, self.line(start)
                elif value != fields[name]:
                    message = f"the field “{name}” is given twice; the first counts"
                    self.note("field", message, start)

    def _stray(self, start: int, closer: str) -> None:
        text = self.text
        if text[start] == "@" or _NEXT.match(text, start):
            raise _FaultError("a closing brace is missing before the next entry")
        stop = re.compile(r"[,\n]|" + re.escape(closer)).search(text, start + 1)
        self.pos = stop.start() if stop else len(text)
        scrap = text[start : self.pos].strip()[:40]
        self.note("syntax", f"expected “field = value”, found {scrap!r}; skipped", start)

    def _value(self, name: str = "") -> str:
        value, end = self._one_value(name), self.pos
        while (after := self.skip(_SPACE)) == "#":
            self.pos += 1
            self.skip(_SPACE)
            value, end = value + self._one_value(name), self.pos
        self.pos = end
        if after and after not in ",})%@":
            self.note("syntax", f"a comma is missing after the field “{name}”")
        return value

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
        if re.fullmatch(r"[\d\-/.~?X]+", word):
            return word
        known = self.strings.get(word.lower(), STRINGS.get(word.lower()))
        if known is not None:
            return known
        message = f"the string “{word}” is not defined; put the text of “{name}” in braces, or "
        self.note("string", f"{message}define it with @string", match.start())
        return word

    def _braced(self) -> str:
        start = self.pos
        depth = 0
        limit = self._limit(start)
        for match in _BRACES.finditer(self.text, start, limit):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                value = self.text[start + 1 : match.start()]
                # another field in it, and no brace behind it: its own was forgotten, and this
                # is the entry's
                if _FIELD_INSIDE.search(value) and "}" not in self.text[match.end() : limit]:
                    break
                self.pos = match.end()
                return value
        return self._unclosed(start, "brace")

    def _in_quotes(self) -> str:
        start = self.pos
        depth = 0
        for match in _IN_QUOTES.finditer(self.text, start + 1, self._limit(start)):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if match[0] == '"' and depth <= 0 and _AFTER_QUOTE.match(self.text, match.end()):
                self.pos = match.end()
                return self.text[start + 1 : match.start()]
        return self._unclosed(start, "quotation mark")

    def _limit(self, start: int) -> int:
        """Tell where the next entry begins at the start of a line: no value runs past it."""
        index = bisect_left(self.starts, start)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def _unclosed(self, start: int, what: str) -> str:
        """Keep the first line of a value whose end is missing, and go on after it."""
        limit = self._limit(start)
        stop = self.text.find("\n", start, limit)
        end = stop if stop >= 0 else limit
        line = self.text[start + 1 : end].rstrip()
        message = f"a {what} is opened and never closed; the value is taken to end with its line"
        self.note("syntax", message, start)
        self.pos = start + len(line) if line.endswith(",") else end
        return line.rstrip(",").rstrip("}")
