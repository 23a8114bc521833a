"""Titles in their dress: italics, quotation marks or none; romanised, original, translated.

Rules: *The Chicago Manual of Style*, 17th edition, 8.161–8.201, 11.9, 11.110.
"""

import re
from functools import partial

from sphinx_annals.citations.entry import Entry, Rich, is_cjk
from sphinx_annals.citations.style.phrases import and_list, quotes
from sphinx_annals.language import ENGLISH, Language

_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+(?=:\s)")


def title(entry: Entry, language: Language = ENGLISH) -> Rich:
    """Give the title in its dress, for readers of a language."""
    core, extras = core_title(entry), _extras(entry, language)
    if not core:
        alone = extras.first(str.lstrip)
        shown = entry.rich("titletranslated") if _supplied(entry, alone) else alone
        return _dressed(entry, shown, language)
    if not entry.has("titleoriginal", "titleromanised", "titleaddon"):
        core = core.in_language(foreign(entry, language))
    return _dressed(entry, core, language) + extras


def short_title(entry: Entry, language: Language = ENGLISH) -> Rich:
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
    shown = text if _supplied(entry, text) else _marked(entry, text, language)
    return shown or untitled(entry, language)


def untitled(entry: Entry, language: Language = ENGLISH) -> Rich:
    """Describe a work that has no title: “letter to Joseph Stalin”, “untitled book”."""
    people = [name.direct for name in entry.names("recipient").names]
    if people:
        named = and_list(people, language)
        return Rich(language.gettext("letter to {names}").format(names=named))
    kind = language.pgettext("work", entry.kind.noun or entry.type)
    return Rich(language.gettext("untitled {kind}").format(kind=kind))


def core_title(entry: Entry, prefix: str = "") -> Rich:
    """Give the title and subtitle; the romanised form where the work has one."""
    return _closed_up(entry, entry.rich(f"{prefix}titleromanised") or entry.whole_title(prefix))


def _closed_up(entry: Entry, text: Rich) -> Rich:
    """Leave out the blank before a colon, which catalogues set, and French alone has."""
    if entry.tag.startswith("fr") or not _BEFORE_COLON.search(str(text)):
        return text
    return text.each(partial(_BEFORE_COLON.sub, ""))


def container(entry: Entry, language: Language) -> Rich:
    """Give the title of the book that holds a chapter."""
    return dressed(entry, "book" if core_title(entry, "book") else "main", language)


def dressed(entry: Entry, prefix: str, language: Language) -> Rich:
    """Give the title of what holds a work, with all that is added to it."""
    core = core_title(entry, prefix)
    if not core:
        return core
    addition = entry.rich(f"{prefix}titleaddon")
    shown = core.italic() + _extras(entry, language, prefix)
    return shown if not addition or _in_other_script(addition) else shown + ", " + addition


def addon(entry: Entry, _options: object = None) -> Rich:
    """Give a title addition in the entry's own script (others count as the original title)."""
    text = entry.rich("titleaddon")
    return Rich() if _in_other_script(text) else text


def foreign(entry: Entry, language: Language) -> str:
    """Give the tag of a work's language where that is not the one of its readers."""
    return "" if entry.tag.lower().split("-")[0] == language.locale.language else entry.tag


def native(entry: Entry, text: Rich, language: Language) -> Rich:
    """Mark what is told of a Chinese, Japanese or Korean work in its letters, names and all.

    A reader would say them, and a page draw them, as those of another language.
    """
    lang = foreign(entry, language).removesuffix("-Latn-pinyin")
    return text.letters_in(lang) if lang.split("-")[0] in ("zh", "ja", "ko") else text


def _extras(entry: Entry, language: Language, prefix: str = "") -> Rich:
    """Give the title in its own script, and its translation in brackets."""
    original = entry.rich(f"{prefix}titleoriginal")
    if not original and entry.has(f"{prefix}titleromanised"):
        original = entry.rich(f"{prefix}title")
    addition = entry.rich(f"{prefix}titleaddon")
    if not original and _in_other_script(addition):
        original = addition
    translated = entry.rich(f"{prefix}titletranslated")
    lang = foreign(entry, language).removesuffix("-Latn-pinyin")
    out = " " + original.in_language(lang) if original else original
    return out + " [" + translated + "]" if translated else out


def _in_other_script(text: Rich) -> bool:
    return is_cjk(str(text)) or bool(re.search(r"[\u0400-\u04ff]", str(text)))


def _dressed(entry: Entry, text: Rich, language: Language) -> Rich:
    bare = entry.kind.title == "bare" or _supplied(entry, text)
    return text if bare else _marked(entry, text, language)


def _marked(entry: Entry, text: Rich, language: Language) -> Rich:
    """Put a title in quotation marks, or in italics."""
    quoted = entry.kind.title == "quoted"
    if entry.kind.title == "by publication":
        quoted = not entry.has("publisher", "isbn")
    return text.quoted(quotes(language)) if quoted else text.italic()


def _supplied(entry: Entry, text: Rich) -> bool:
    """Tell whether editors supply a title: in square brackets, or as “Review of …” (14.202)."""
    shown = str(text)
    review = entry.declared_type == "review" and shown.startswith("Review of ")
    return review or (shown.startswith("[") and shown.endswith("]") and shown.count("[") == 1)
