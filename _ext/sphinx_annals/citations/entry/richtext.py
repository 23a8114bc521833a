"""Rich text as immutable spans: what the formatter makes and every writer reads.

A `Rich` is a tuple of `Span`; nothing here knows docutils, HTML or TeX source.
"""

import html
import re
from typing import NamedTuple

CLOSERS = "”’\"')»"
STOPS = tuple(".?!…。？！")


class Span(NamedTuple):
    """A run of text in one appearance; `href` is set only on links already let through."""

    text: str
    italic: bool = False
    bold: bool = False
    caps: bool = False
    script: str = ""
    href: str = ""
    lang: str = ""


Rich = tuple[Span, ...]


def rich(text: str, *, italic: bool = False, href: str = "", lang: str = "") -> Rich:
    """Make a rich text of one span; the empty string gives the empty text."""
    return (Span(text, italic=italic, href=href, lang=lang),) if text else ()


def plain(text: Rich) -> str:
    """Give the characters alone."""
    return "".join(span.text for span in text)


def join(parts: list[Rich], separator: str = " ") -> Rich:
    """Join the parts that are not empty."""
    out: list[Span] = []
    for part in parts:
        if part:
            if out:
                out.append(Span(separator))
            out.extend(part)
    return tidy(tuple(out))


def tidy(text: Rich) -> Rich:
    """Merge neighbours of the same appearance."""
    out: list[Span] = []
    for span in text:
        if out and out[-1][1:] == span[1:]:
            out[-1] = out[-1]._replace(text=out[-1].text + span.text)
        elif span.text:
            out.append(span)
    return tuple(out)


def toggle_italic(text: Rich) -> Rich:
    """Set in italics; what was italic already becomes roman (Chicago 8.173)."""
    return tuple(span._replace(italic=not span.italic and not is_cjk(span.text)) for span in text)


def with_lang(text: Rich, lang: str) -> Rich:
    """Give every span without a language the tag `lang`."""
    return tuple(span if span.lang else span._replace(lang=lang) for span in text) if lang else text


def sentence(text: Rich) -> Rich:
    """Close with a full stop, inside a closing quotation mark, unless one is there."""
    closed = plain(text).rstrip().rstrip(CLOSERS).endswith(STOPS)
    return text if not text or closed else _punctuate(text, ".")


def clause(text: Rich) -> Rich:
    """Close with a comma, inside a closing quotation mark, unless ! or ? is there."""
    return text if not text or plain(text)[-1:] in ",?!" else _punctuate(text, ",")


def _punctuate(text: Rich, mark: str) -> Rich:
    last = text[-1]
    body = last.text.rstrip()
    if body.endswith("”"):
        inner = body[:-1]
        if inner[-1:] in ("?", "!", "…") or (mark == "." and inner.endswith("’")):
            inner = inner if inner[-1:] != "’" else inner[:-1] + mark + "’"
            return (*text[:-1], last._replace(text=inner + "”"))
        if not inner and len(text) > 1:
            before = _punctuate(text[:-1], mark)
            return tidy((*before, last))
        return (*text[:-1], last._replace(text=inner + mark + "”"))
    if last.href or last.italic or last.script:
        return (*text, Span(mark))
    return (*text[:-1], last._replace(text=body + mark))


def quoted(text: Rich) -> Rich:
    """Put in double quotation marks; those inside become single ones."""
    single = str.maketrans("“”", "‘’")
    inner = (span._replace(text=span.text.translate(single)) for span in text)
    return tidy((Span("“"), *inner, Span("”"))) if text else ()


_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def is_cjk(text: str) -> bool:
    """Tell whether the text has a Chinese, Japanese or Korean character."""
    return bool(_CJK.search(text))


def capitalised(text: Rich) -> Rich:
    """Raise the first letter, but not that of an address."""
    if not text or text[0].href or re.match(r"https?:|www\.", text[0].text):
        return text
    first = text[0]
    return (first._replace(text=first.text[:1].upper() + first.text[1:]), *text[1:])


def to_html(text: Rich) -> str:
    """Render as HTML; every character is escaped."""
    out: list[str] = []
    for span in text:
        piece = html.escape(span.text)
        if span.script:
            piece = f"<{span.script}>{piece}</{span.script}>"
        if span.caps:
            piece = f'<span class="small-caps">{piece}</span>'
        if span.bold:
            piece = f"<strong>{piece}</strong>"
        if span.italic:
            piece = f"<em>{piece}</em>"
        if span.href:
            piece = f'<a class="reference external" href="{html.escape(span.href)}">{piece}</a>'
        if span.lang:
            piece = f'<span lang="{html.escape(span.lang)}">{piece}</span>'
        out.append(piece)
    return "".join(out)


SCHEMES = ("http://", "https://", "mailto:")


def safe_url(url: str) -> str:
    """Give `url` if its scheme is http, https or mailto, else the empty string."""
    url = url.strip()
    # browsers drop white space and control characters before they read the scheme
    hidden = any(ord(char) <= 32 or ord(char) == 127 for char in url)
    return url if url.lower().startswith(SCHEMES) and not hidden else ""
