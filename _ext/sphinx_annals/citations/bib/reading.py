"""Tolerant reading of .bib files: every entry comes out, every fault is a finding.

Grammar: Patashnik, *BibTeXing* (1988); biber's extensions as Zotero and Better BibTeX write
them. A percent sign is text, as in BibTeX itself, but opens a remark between two fields, as in
biber.
"""

import errno
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path

from sphinx_annals.citations.bib.decoding import decode
from sphinx_annals.citations.bib.written import BibSource, Finding, RawEntry, Span
from sphinx_annals.dates import MONTH_NAMES
from sphinx_annals.text import printable

LONGEST = 20_000
"""So long a value may be that is put together by “#”: a string can double at each step."""


def read_file(
    path: Path, encoding: str = "utf-8-sig", reader: Callable[[str, str], BibSource] | None = None
) -> BibSource:
    """Read one file; a file that cannot be opened is a finding, not an error.

    A ``reader`` makes a source of the text and the path, where that is not `parse`.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise OSError(errno.EISDIR, "it is a folder or a device; name a file")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        finding = Finding("file", f"cannot read the bibliography file: {reason}", str(path), 0)
        return BibSource(str(path), (), (finding,))
    text, findings = decode(data, str(path), encoding)
    source = (reader or parse)(text, str(path))
    return BibSource(str(path), source.entries, findings + source.findings)


def parse(text: str, path: str = "<string>", strings: dict[str, str] | None = None) -> BibSource:
    """Parse the text of a .bib file; never raises.

    ``strings`` holds what earlier files define, and takes what this one does, as in BibTeX.
    Line ends become alike, and blank what no output can hold, but no character more or less: so
    the places of entries are those of the text as it is given.
    """
    text = printable(text.replace("\r\n", " \n").replace("\r", "\n"))
    text = re.sub("^\ufeff", " ", text)
    parser = _Parser(text, path, {} if strings is None else strings)
    entries = tuple(parser.entries())
    return BibSource(path, entries, tuple(parser.findings))


_ENTRY = re.compile(r"@\s*([^\s{}()@,=\"#%]+)\s*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w:.-]*[ \t]*[{(][^\n={}]*(?:,|$)", re.MULTILINE)
# a key ends with its line, or where a field begins
_KEY = re.compile(r"\s*([^,\n=}]*?)\s*(?=[,}\n]|[^\s=,{}()\"#]+\s*=|$)")
_NAME = re.compile(r"\s*([^\s=,{}()\"#@]+)\s*=\s*")
# before a value that is enclosed a name with other signs in it, or without “=” behind it
_MISNAMED = re.compile(r"([^\n=,]{1,60}?)\s*=\s*(?=[{\"])|([A-Za-z][\w+-]*)[ \t]*:?\s*(?=[{\"])")
_NO_NAME = re.compile(r"[^\w:+-]")
# a quotation mark inside a value that is in quotation marks is no end of it
_AFTER_QUOTE = re.compile(r"\s*(?:[,})#]|$|[A-Za-z][\w-]*\s*=|@)")
_STARTS = r",[ \t]*(?:\n\s*|(?=\w{3}))[A-Za-z][\w:+-]*\s*=\s*"
_FIELD_INSIDE = re.compile(rf"{_STARTS}(?:[{{\"]|[\w-]+\s*[,}}\n])")
_FIELD_QUOTED = re.compile(rf"{_STARTS}[{{\"]")
# after the brace that should close an entry another field of it, at once or on this line
_GOES_ON = re.compile(
    r"(?:\s*,?\s*|[ \t]*(?![\s@%])[^\n@]*?(?:,[ \t]*\n?|\n)\s*)"
    r"([A-Za-z][\w-]*)[ \t]*=[ \t]*(?:[{\"]|[\w-]+\s*[,}\n])"
)
_AFTER_NOTHING = re.compile(r"[})]\s*(?:,\s*)?(?:$|\n|@)")
# what stands behind the end of a value: another field, or the end of the entry
_AFTER_VALUE = re.compile(r"\s*(?:,\s*(?:[A-Za-z][\w:+-]*\s*=|[})]|$)|[})]\s*(?:$|\n|@))")
_QUOTES = "'“”‘’«»"
_MARKS = re.compile(r"\\.|[{}\"]", re.DOTALL)
_WORD = re.compile(r"[^\s,{}()\"#=]+")
_SCRAP = re.compile(r".[^,\n})]*")
_SPACE = re.compile(r"\s*")
_EQUALS = re.compile(r"[=\s]*")
_BETWEEN = re.compile(r"(?:[\s,;]|%.*)*")  # biber takes what follows a percent sign for a remark


class _Parser:
    def __init__(self, text: str, path: str, strings: dict[str, str]) -> None:
        self.text = text
        self.path = path
        self.strings = strings
        self.pos = 0
        self.findings: list[Finding] = []
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.starts = [*(match.start() for match in _NEXT.finditer(text)), len(text)]

    def line(self, pos: int) -> int:
        return bisect_left(self.breaks, pos) + 1

    def note(self, code: str, message: str, pos: int | None = None) -> None:
        # of the faults of syntax in one entry the first alone: the others follow from it
        if code != "syntax" or not self.faulty:
            self.faulty |= code == "syntax"
            where = self.line(self.pos if pos is None else pos)
            self.findings.append(Finding(code, message, self.path, where, self.key))

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Go on behind what a pattern matches here; give the character there."""
        match = pattern.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def entries(self) -> Iterator[RawEntry]:
        while (at := self.text.find("@", self.pos)) >= 0:
            self.key, self.faulty = "", False
            # no value runs past an entry that begins at the start of a line
            self.limit = self.starts[bisect_right(self.starts, at)]
            match = _ENTRY.match(self.text, at)
            self.pos = match.end() if match else at + 1
            if match is None:
                if not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip():
                    self.note("syntax", "an “@” that opens no entry; write @type{key, …}", at)
                continue
            kind, closer = match[1].lower(), "}" if match[2] == "{" else ")"
            if kind in ("comment", "preamble"):
                if closer == "}":
                    self.pos -= 1
                    self._enclosed(closer)
                continue
            name = self._key(at) if kind != "string" else None
            fields, lines = self._fields(closer)
            if name is None:
                self.strings.update(fields)
            else:
                whole = Span(at, at + len(self.text[at : self.pos].rstrip()))
                where = (self.path, self.line(at), lines, whole, name)
                yield RawEntry(self.key, kind, fields, *where)

    def _key(self, at: int) -> Span:
        """Read the key, or make one."""
        self.skip(_SPACE)
        start = self.pos
        char = self.skip(_KEY)
        written = self.text[start : self.pos].rstrip()
        mended = re.sub(r"[\s{}()\"]+", "-", written.strip(' {}()"'))
        self.key = mended or f"nokey-line-{self.line(at)}"
        if not written:
            self.note("key", f"an entry without a key; it is kept as {self.key!r}", at)
        elif self.key != written:
            message = f"the key {written!r} has characters no key may have; cite it as {self.key!r}"
            self.note("key", message, at)
        elif char not in ",}":
            self.note("syntax", f"a comma is missing after the key {self.key!r}")
        return Span(start, start + len(written))

    def _fields(self, closer: str) -> tuple[dict[str, str], dict[str, int]]:
        """Read fields up to the end of their entry; give them with their lines."""
        fields: dict[str, str] = {}
        lines: dict[str, int] = {}
        while char := self.skip(_BETWEEN):
            start = self.pos
            if char == "@" and _ENTRY.match(self.text, start):
                break
            if char == closer:
                self.pos += 1
                more = _GOES_ON.match(self.text, self.pos)
                if more is None:
                    return fields, lines
                message = f"a “{closer}” too many before “{more[1]}”; it is left out"
                self.note("syntax", message, start)
            elif match := _NAME.match(self.text, start) or _MISNAMED.match(self.text, start):
                self.pos = match.end()
                name = _NO_NAME.sub("", match[match.lastindex or 1]).lower()
                if match.re is _MISNAMED:
                    found = match[0].strip()
                    message = f"expected “field = value”, found {found!r}; read as “{name} =”"
                    self.note("syntax", message, start)
                value = self._value(name)
                if name not in fields:
                    fields[name], lines[name] = value, self.line(start)
                elif value != fields[name]:
                    message = f"the field “{name}” is given twice; the first counts"
                    self.note("field", message, start)
            else:
                self.skip(_SCRAP)
                scrap = self.text[start : self.pos].strip()[:40]
                self.note("syntax", f"expected “field = value”, found {scrap!r}; skipped", start)
        self.note("syntax", "a closing brace is missing before this; the fields before it are kept")
        self.pos = min(self.pos, self.limit)
        return fields, lines

    def _value(self, name: str) -> str:
        value, end = self._one_value(name), self.pos
        while (after := self.skip(_SPACE)) == "#":
            self.pos += 1
            self.skip(_SPACE)
            more, end = self._one_value(name), self.pos
            if len(value) + len(more) > LONGEST:
                message = f"the value of “{name}” is longer than {LONGEST} characters; cut there"
                self.note("string", message)
            value = (value + more)[: max(LONGEST, len(value))]
        self.pos = end
        if after and after not in ",})%@":
            self.note("syntax", f"a comma is missing after the field “{name}”")
        return value

    def _one_value(self, name: str) -> str:
        char = self.text[self.pos : self.pos + 1]
        if char in ("{", '"'):
            return self._enclosed("}" if char == "{" else char)
        if char == "=":
            self.note("syntax", f"the field “{name}” has more than one “=”")
            self.skip(_EQUALS)
            return self._one_value(name)
        match = _WORD.match(self.text, self.pos)
        if match is None and (char in ",#" or _AFTER_NOTHING.match(self.text, self.pos)):
            self.note("syntax", f"the field “{name}” has no value")
            return ""
        if match is None or not _AFTER_QUOTE.match(self.text, match.end()):
            word, start = self._broken(self.pos), self.pos
        else:
            word, start, self.pos = match[0], match.start(), match.end()
            if re.fullmatch(r"[\d\-/.~?X]+", word):
                return word
            known = self.strings.get(word.lower(), MONTH_NAMES.get(word.lower()))
            if known is not None:
                return known
        message = f"the string “{word}” is not defined; put the text of “{name}” in braces, or "
        self.note("string", f"{message}define it with @string", start)
        return word.strip(_QUOTES) if word[:1] in tuple(_QUOTES) else word

    def _broken(self, start: int) -> str:
        """Read a value whose end is not marked: to that of its line, or to another field."""
        end = self.text.find("\n", start, self.limit)
        end = self.limit if end < 0 else end
        inside = _FIELD_INSIDE.search(self.text, start, self.limit)
        line = self.text[start : inside.start() if inside else end].rstrip()
        self.pos = start + len(line.removesuffix(","))
        value = line.strip('"(), \t\n')
        return value if value.count("{") == value.count("}") else re.sub("[{}]", "", value)

    def _enclosed(self, closer: str) -> str:
        """Read a value in braces or quotation marks; one that is never closed is mended."""
        start, depth, braces = self.pos + 1, 0, 0
        for match in _MARKS.finditer(self.text, start, self.limit):
            hidden = match[0] == f"\\{closer}" and braces <= 0
            # a backslash, of a path say, stands before what closes the field
            if hidden and _AFTER_VALUE.match(self.text, match.end(), self.limit):
                message = "a backslash before the end of a value; write \\textbackslash{}"
                self.note("syntax", message, match.start())
                self.pos = match.end()
                return self.text[start : match.start()] + r"\textbackslash{}"
            if match[0] == closer and depth <= 0:
                rest = self.text[match.end() : self.limit]
                if closer == '"' and not _AFTER_QUOTE.match(rest):
                    continue
                # another field in it, and no brace behind it: its own was forgotten, and this is
                # the entry's
                inside = _FIELD_INSIDE if closer == "}" else _FIELD_QUOTED
                own = closer == "}" and "}" in rest
                if not own and inside.search(self.text, start, match.start()):
                    break
                self.pos = match.end()
                return self.text[start : match.start()]
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            braces += {"{": 1, "}": -1}.get(match[0][-1], 0)
        what = "brace" if closer == "}" else "quotation mark"
        self.note("syntax", f"a {what} is opened and never closed; the next field ends the value")
        return self._broken(start)
