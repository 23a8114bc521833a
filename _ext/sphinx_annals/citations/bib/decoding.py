"""Bytes of .bib files as text, whatever encoding they are in."""

import codecs
import re

from sphinx_annals.citations.bib.written import Finding

_DECLARED = re.compile(rb"(?i)^\s*%\s*encoding:\s*([\w.:-]+)")
_MENDING = "sphinx_annals.windows-1252"
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # which begins as that of UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def _mended(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_MENDING, _mended)


def _can_read(encoding: str) -> bool:
    """Tell whether Python knows an encoding, and can mend in it: in those of hosts it cannot."""
    try:
        return isinstance(b" ".decode(encoding, _MENDING), str)
    except (LookupError, ValueError):
        return False


def decode(data: bytes, path: str, encoding: str = "utf-8-sig") -> tuple[str, tuple[Finding, ...]]:
    """Decode with ``encoding``; what is not in it is read as something else and reported.

    The other encoding is UTF-16 or -32 where a mark says so, the one that JabRef's first line
    names, or Windows-1252, for the wrong bytes alone: files are put together from several.
    """
    for mark, marked in _MARKS.items():
        if data.startswith(mark):
            return data.decode(marked, errors="replace"), ()
    if not _can_read(encoding):
        unknown = Finding("encoding", f"unknown encoding {encoding!r}; read as UTF-8", path, 0)
        text, findings = decode(data, path)
        return text, (unknown, *findings)
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
    wanted = encoding.removesuffix("-sig")
    declared = _DECLARED.match(data)
    named = declared[1].decode("ascii") if declared else ""
    try:
        text = data.decode(named)
    except (LookupError, UnicodeError):
        message = f"the bytes of this line are not {wanted}; read as Windows-1252. Save it as UTF-8"
        return data.decode(encoding, _MENDING), (Finding("encoding", message, path, line),)
    message = f"the file is in {named}, as its first line says, not in {wanted}; save it as UTF-8"
    return text, (Finding("encoding", message, path, 1),)
