"""Rich text as immutable spans: what the formatter makes and every writer reads.

Nothing here knows docutils or TeX source.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Self

CLOSERS = "”’\"')»“」』"
QUOTED = ("”", "“", "»", "」")
"""What closes a quotation in one language or another."""
STOPS = tuple(".?!…。？！")
_GERMAN = {"„": "“”", "‚": "‘"}
"""What opens a quotation in German, and closes it there or in Polish."""
_SINGLE = {"“": "‘", "”": "’"}


def is_closed(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    shown = text.rstrip()
    # what stands in brackets at the end of a sentence does not close it: “(n.d.)”
    open_ended = shown.endswith(")") and not shown.startswith("(")
    return not open_ended and shown.rstrip(CLOSERS).endswith(STOPS)


class Quotes(NamedTuple):
    """The quotation marks of a language, and those inside such marks."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


ENGLISH_QUOTES = Quotes("“", "”", "‘", "’")


class Span(NamedTuple):
    """A run of text in one appearance; ``href`` is set only on links already let through."""

    text: str
    italic: bool = False
    bold: bool = False
    caps: bool = False
    script: str = ""
    href: str = ""
    lang: str = ""

    def saying(self, text: str) -> "Span":
        """Give another text in this appearance; in a third of the time of ``_replace``."""
        return Span(text, *self[1:])


class Rich(tuple[Span, ...]):
    """A text of spans, put together with ``+`` as a string is; ``str`` gives its characters alone.

    No span is empty, and no two neighbours look alike.
    """

    __slots__ = ()

    def __new__(cls, parts: Iterable[Span | str] | str = ()) -> Self:
        """Make a text of one string, or of spans and strings."""
        if isinstance(parts, cls):
            return parts
        if isinstance(parts, str):
            return super().__new__(cls, (Span(parts),) if parts else ())
        out: list[Span] = []
        for part in parts:
            span = Span(part) if isinstance(part, str) else part
            if out and out[-1][1:] == span[1:]:
                out[-1] = out[-1].saying(out[-1].text + span.text)
            elif span.text:
                out.append(span)
        return super().__new__(cls, out)

    def __str__(self) -> str:
        return self[0].text if len(self) == 1 else "".join([span.text for span in self])

    def __add__(self, other: "Rich | str") -> "Rich":  # type: ignore[override]
        more = Rich(other)
        if not (self and more):
            return self or more
        # both are texts already: nothing but the seam can change
        last, first = self[-1], more[0]
        joins = last[1:] == first[1:]
        seam = [last.saying(last.text + first.text)] if joins else [last, first]
        return tuple.__new__(Rich, [*self[:-1], *seam, *more[1:]])

    def __radd__(self, other: str) -> "Rich":
        return Rich([other, *self])

    def each(self, change: Callable[[str], str]) -> "Rich":
        """Change the text of each span."""
        return Rich(span.saying(change(span.text)) for span in self)

    def first(self, change: Callable[[str], str]) -> "Rich":
        """Change the text of the first span."""
        return Rich([*Rich(self[:1]).each(change), *self[1:]])

    def last(self, change: Callable[[str], str]) -> "Rich":
        """Change the text of the last span."""
        return Rich([*self[:-1], *Rich(self[-1:]).each(change)])

    def italic(self) -> "Rich":
        """Set in italics; what was italic already becomes roman (Chicago 8.173)."""
        return Rich(s._replace(italic=not s.italic and not is_cjk(s.text)) for s in self)

    def in_language(self, lang: str) -> "Rich":
        """Give every span without a language the tag ``lang``."""
        return Rich(span._replace(lang=span.lang or lang) for span in self)

    def letters_in(self, lang: str) -> "Rich":
        """Give what stands in Chinese, Japanese or Korean letters the tag of one of these."""
        spans: list[Span] = []
        for span in self:
            # every second piece is a run of such letters
            pieces = [span.text] if span.lang else _CJK_RUN.split(span.text)
            tags = (lang if turn % 2 else span.lang for turn in range(len(pieces)))
            spans += map(lambda text, tag: span._replace(text=text, lang=tag), pieces, tags)
        return Rich(spans)

    @property
    def closed(self) -> bool:
        """True if it ends as a sentence does."""
        return is_closed(str(self))

    def sentence(self) -> "Rich":
        """Close with a full stop, inside a closing quotation mark, unless one is there."""
        return self if not self or self.closed else self._punctuated(".")

    def clause(self) -> "Rich":
        """Close with a comma, inside a closing quotation mark, unless ! or ? is there."""
        return self if str(self)[-1:] in ",?!" else self._punctuated(",")

    def _punctuated(self, mark: str) -> "Rich":
        front, last = self[:-1], self[-1]
        body = last.text.rstrip()
        if not body.endswith("”"):
            apart = last.href or last.italic or last.script
            return self + mark if apart else Rich([*front, last.saying(body + mark)])
        inner = body[:-1]
        # the quotation mark is a span of its own where the title before it ends in italics
        if front and not inner:
            return Rich([*Rich(front)._punctuated(mark), last])
        if inner.endswith("’") and "‘" in inner:
            bare = inner.removesuffix("’")
            inner = bare + ("’" if bare.endswith(("?", "!", "…", mark)) else f"{mark}’")
        elif not inner.endswith(("?", "!", "…")):
            inner += mark
        return Rich([*front, last.saying(f"{inner}”")])

    def quoted(self, marks: Quotes = ENGLISH_QUOTES) -> "Rich":
        """Put in quotation marks; the same inside become those that stand there."""
        return self._in_english() if marks == ENGLISH_QUOTES else self._within(marks)

    def _within(self, marks: Quotes) -> "Rich":
        own = marks.opening.strip(), marks.closing.strip()
        # what closes in German opens in English
        outer = own if own[0] in str(self) else ENGLISH_QUOTES[:2]
        inside = marks.inner_opening, marks.inner_closing
        table = str.maketrans(dict(zip(outer, inside, strict=True)))
        inner = self.each(lambda text: text.translate(table))
        return Rich([marks.opening, *inner, marks.closing]) if inner else inner

    def _in_english(self) -> "Rich":
        """Put in double quotation marks; those inside become single ones, German ones too."""
        german: list[str] = []

        def single(match: re.Match[str]) -> str:
            # “ opens in English and closes what „ opened
            mark = match[0]
            if mark in _GERMAN:
                german.append(_GERMAN[mark])
                return "‘" if mark == "„" else "“"
            if german and mark in german[-1]:
                return "’" if "“" in german.pop() else "”"
            return _SINGLE.get(mark, mark)

        inner = self.each(lambda text: re.sub("[“”„‚‘’]", single, text))
        return "“" + inner + "”" if inner else inner

    def capitalised(self) -> "Rich":
        """Raise the first letter, but not that of an address."""
        if not self or self[0].href or re.match(r"https?:|www\.", self[0].text):
            return self
        return self.first(lambda text: text[:1].upper() + text[1:])

    def html(self) -> str:
        """Render as HTML; every character is escaped."""
        return "".join(map(_html, self))


def _html(span: Span) -> str:
    piece = html.escape(span.text)
    if not any(span[1:]):
        return piece
    tags = {
        span.script: span.script,
        'span class="small-caps"': span.caps,
        "strong": span.bold,
        "em": span.italic,
        f'a class="reference external" href="{html.escape(span.href)}"': span.href,
        f'span lang="{html.escape(span.lang)}"': span.lang,
    }
    return tagged(piece, tags)


def tagged(text: str, tags: Mapping[str, object]) -> str:
    """Put a text into those of the tags that are wanted, the innermost first."""
    for tag in (tag for tag, wanted in tags.items() if wanted):
        text = f"<{tag}>{text}</{tag.split()[0]}>"
    return text


_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_CJK_RUN = re.compile(rf"({_CJK.pattern}(?:[\s\d·]*{_CJK.pattern})*)")


def is_cjk(text: str) -> bool:
    """Tell whether the text has a Chinese, Japanese or Korean character."""
    return bool(_CJK.search(text))


SCHEMES = ("http://", "https://", "mailto:")


def safe_url(url: str) -> str:
    """Give ``url`` if its scheme is http, https or mailto, else the empty string."""
    url = url.strip()
    # browsers drop white space and control characters before they read the scheme
    hidden = any(ord(char) <= 32 or ord(char) == 127 for char in url)
    return url if url.lower().startswith(SCHEMES) and not hidden else ""
