"""Bytes of .bib files as text, whatever encoding they are in."""

import re

from sphinx_annals.citations.bib.written import Finding

_DECLARED = re.compile(rb"(?i)^\s*%\s*encoding:\s*([\w.:-]+)")
Decoded = tuple[str, tuple[Finding, ...]]


def decode(data: bytes, path: str, encoding: str = "utf-8-sig") -> Decoded:
    """Decode with `encoding`; what is not in it is read as something else and reported.

    The other encoding is the one that JabRef's first line names, or Windows-1252 line by line.
    """
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace").removeprefix("\ufeff"), ()
    try:
        return data.decode(encoding), ()
    except LookupError:
        unknown = Finding("encoding", f"unknown encoding {encoding!r}; read as UTF-8", path, 0)
        text, findings = decode(data, path)
        return text, (unknown, *findings)
    except UnicodeError:
        return _declared(data, path, encoding) or _by_line(data, path, encoding)


def _wide(data: bytes) -> str:
    """Give the name of UTF-16, which a mark or the zero bytes of ASCII letters give away."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:400]
    if len(sample) > 8 and sample.count(0) * 5 > len(sample) * 2:
        return "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"
    return ""


def _declared(data: bytes, path: str, encoding: str) -> Decoded | None:
    match = _DECLARED.match(data)
    if match is None:
        return None
    named, wanted = match[1].decode("ascii"), encoding.removesuffix("-sig")
    try:
        text = data.decode(named)
    except (LookupError, UnicodeError):
        return None
    message = f"the file is in {named}, as its first line says, not in {wanted}; save it as UTF-8"
    return text, (Finding("encoding", message, path, 1),)


def _by_line(data: bytes, path: str, encoding: str) -> Decoded:
    lines: list[str] = []
    bad: list[int] = []
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            lines.append(line.decode(encoding))
        except UnicodeError:
            bad.append(number)
            lines.append(line.decode("cp1252", errors="replace"))
    more = f" and {len(bad) - 1} more lines" if len(bad) > 1 else ""
    message = (
        f"the bytes of this line{more} are not {encoding.removesuffix('-sig')}; "
        "read as Windows-1252. Save the file as UTF-8"
    )
    return "\n".join(lines), (Finding("encoding", message, path, bad[0] if bad else 0),)
