"""Titles in their dress: italics, quotation marks or none; romanised, original, translated.

Rules: *The Chicago Manual of Style*, 17th edition, 8.161–8.201, 11.9, 11.110.
"""

import re

from sphinx_annals.citations.entry import Entry, Rich, is_cjk

_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+(?=:\s)")


def title(entry: Entry) -> Rich:
    """Give the title in its dress."""
    core, extras = core_title(entry), _extras(entry)
    if not core:
        alone = Rich([*(s._replace(text=s.text.lstrip()) for s in extras[:1]), *extras[1:]])
        return _dressed(entry, entry.rich("titletranslated") if _supplied(entry, alone) else alone)
    if not entry.has("titleoriginal", "titleromanised", "titleaddon"):
        core = core.in_language(entry.lang)
    return _dressed(entry, core) + extras


def short_title(entry: Entry) -> Rich:
    """Give the short title, in the title's own dress; without one the title before its colon.

    What has no title is described.
    """
    text = entry.rich("shorttitle")
    if not text:
        names = ("titleromanised", "title", "maintitle", "booktitle", "titletranslated")
        text = _closed_up(entry, entry.rich(*names))
        cut = str(text).find(": ")
        if cut > 0:
            # so much of each span stands before the colon
            left = (max(0, cut - len(str(Rich(text[:index])))) for index in range(len(text)))
            text = Rich(s._replace(text=s.text[:n]) for s, n in zip(text, left, strict=True))
    return (text if _supplied(entry, text) else _marked(entry, text)) or untitled(entry)


def untitled(entry: Entry, *, to: bool = True) -> Rich:
    """Describe a work that has no title: “letter to Joseph Stalin”, “untitled book”."""
    letter = " and ".join(name.direct for name in entry.names("recipient").names) if to else ""
    return Rich(f"letter to {letter}" if letter else f"untitled {entry.kind.noun or entry.type}")


def core_title(entry: Entry, prefix: str = "") -> Rich:
    """Give the title and subtitle; the romanised form where the work has one."""
    return _closed_up(entry, entry.rich(f"{prefix}titleromanised") or entry.whole_title(prefix))


def _closed_up(entry: Entry, text: Rich) -> Rich:
    """Leave out the blank before a colon, which catalogues set, and French alone has."""
    if entry.tag.startswith("fr"):
        return text
    return Rich(span._replace(text=_BEFORE_COLON.sub("", span.text)) for span in text)


def container(entry: Entry) -> Rich:
    """Give the title of the book that holds a chapter."""
    return dressed(entry, "book" if core_title(entry, "book") else "main")


def dressed(entry: Entry, prefix: str) -> Rich:
    """Give the title of what holds a work, with all that is added to it."""
    core = core_title(entry, prefix)
    if not core:
        return core
    addition = entry.rich(f"{prefix}titleaddon")
    shown = core.italic() + _extras(entry, prefix)
    return shown if not addition or _in_other_script(addition) else shown + ", " + addition


def addon(entry: Entry) -> Rich:
    """Give a title addition in the entry's own script (others count as the original title)."""
    text = entry.rich("titleaddon")
    return Rich() if _in_other_script(text) else text


def is_quoted(entry: Entry) -> bool:
    """Tell whether the title of a work stands in quotation marks, and not in italics."""
    if entry.kind.title == "by publication":
        return not entry.has("publisher", "isbn")
    return entry.kind.title == "quoted"


def _extras(entry: Entry, prefix: str = "") -> Rich:
    """Give the title in its own script, and its translation in brackets."""
    original = entry.rich(f"{prefix}titleoriginal")
    if not original and entry.has(f"{prefix}titleromanised"):
        original = entry.rich(f"{prefix}title")
    addition = entry.rich(f"{prefix}titleaddon")
    if not original and _in_other_script(addition):
        original = addition
    translated = entry.rich(f"{prefix}titletranslated")
    lang = entry.lang.removesuffix("-Latn-pinyin")
    out = " " + original.in_language(lang) if original else original
    return out + " [" + translated + "]" if translated else out


def _in_other_script(text: Rich) -> bool:
    return is_cjk(str(text)) or bool(re.search(r"[\u0400-\u04ff]", str(text)))


def _dressed(entry: Entry, text: Rich) -> Rich:
    bare = entry.kind.title == "bare" or _supplied(entry, text)
    return text if bare else _marked(entry, text)


def _marked(entry: Entry, text: Rich) -> Rich:
    return text.quoted() if is_quoted(entry) else text.italic()


def _supplied(entry: Entry, text: Rich) -> bool:
    """Tell whether editors supply a title: in square brackets, or as “Review of …” (14.202)."""
    shown = str(text)
    review = entry.declared_type == "review" and shown.startswith("Review of ")
    return review or (shown.startswith("[") and shown.endswith("]") and shown.count("[") == 1)
