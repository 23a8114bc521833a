"""The elements of a reference: titles, contributors, editions, publication facts, containers.

Rules: *The Chicago Manual of Style*, 17th edition, chapter 14.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sphinx_annals.citations.entry import (
    Entry,
    Rich,
    Span,
    day_text,
    is_cjk,
    plain,
    quoted,
    rich,
    tidy,
    toggle_italic,
    with_lang,
)
from sphinx_annals.citations.style.labels import and_list, is_quoted, with_original
from sphinx_annals.citations.style.locators import dashes


class Forms(NamedTuple):
    """How a role is named: in a sentence, in a note, behind one name, behind several."""

    verb: str
    note: str
    one: str
    many: str


_ROLES = """
editor      edited      ed.     ed.     eds.
translator  translated  trans.  trans.  trans.
director    directed    dir.    dir.    dirs.
compiler    compiled    comp.   comp.   comps.
"""
ROLES = {name: Forms(*forms) for name, *forms in map(str.split, _ROLES.strip().splitlines())}
THESES = {
    "phdthesis": "PhD diss.",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "habilthesis": "Habilitation thesis",
}
REPORTS = {"techreport": "Technical report", "resreport": "Research report"}
_BODIES = "report manual proceedings inproceedings misc dataset software book collection"
"""Types that a body may publish."""
ARCHIVE = ("collection", "series", "box", "folder", "library", "archive", "institution")


def role_forms(entry: Entry, role: str) -> Forms:
    """Give the forms of a role; an editor's may be another's, such as a compiler's."""
    kind = entry.text(f"{role}type").lower() if role.startswith("editor") else role
    return ROLES.get(kind, ROLES["editor"])


def title_core(entry: Entry, prefix: str = "") -> Rich:
    """Give the title and subtitle; the romanised form where the work has one."""
    title = entry.rich(f"{prefix}titleromanised") or entry.rich(f"{prefix}title")
    if entry.has(f"{prefix}titleromanised"):
        return title
    subtitle = entry.rich(f"{prefix}subtitle")
    if title and subtitle:
        glue = " " if plain(title)[-1:] in ("?", "!", ":") else ": "
        title = tidy((*title, Span(glue), *subtitle))
    return title


def title_extras(entry: Entry, prefix: str = "") -> Rich:
    """Give the title in its own script, and its translation in brackets (Chicago 11.9, 11.110)."""
    original = entry.rich(f"{prefix}titleoriginal")
    lang = entry.lang.removesuffix("-Latn-pinyin")
    if not original and entry.has(f"{prefix}titleromanised"):
        original = entry.rich(f"{prefix}title")
    addon = entry.rich(f"{prefix}titleaddon")
    if not original and addon and _foreign_script(plain(addon)):
        original = addon
    translated = entry.rich(f"{prefix}titletranslated")
    out: list[Span] = []
    if original:
        out += [Span(" "), *with_lang(original, lang)]
    if translated:
        out += [Span(" ["), *translated, Span("]")]
    return tuple(out)


def _foreign_script(text: str) -> bool:
    return is_cjk(text) or bool(re.search(r"[\u0400-\u04ff]", text))


def title(entry: Entry) -> Rich:
    """Give the title in its dress: italics, quotation marks, or none."""
    core = title_core(entry)
    extras = title_extras(entry)
    tongue = entry.lang if not entry.has("titleoriginal", "titleromanised", "titleaddon") else ""
    core = with_lang(core, tongue)
    if not core:
        core, extras = tuple(extras), ()
        core = tuple(span for span in core if span.text.strip(" []"))
    if not core:
        return ()
    if entry.type in ("archival", "letter", "legal") or supplied(core):
        return tidy((*core, *extras))
    if is_quoted(entry):
        return tidy((*quoted(core), *extras))
    return tidy((*toggle_italic(core), *extras))


def supplied(core: Rich) -> bool:
    """Tell whether editors supply a title, in square brackets: it takes no dress."""
    text = plain(core)
    return text.startswith("[") and text.endswith("]") and text.count("[") == 1


def container(entry: Entry) -> Rich:
    """Give the title of the book that holds a chapter."""
    core = title_core(entry, "book")
    if not core:
        core = title_core(entry, "main")
    return tidy((*toggle_italic(core), *title_extras(entry, "book"))) if core else ()


def addon(entry: Entry) -> Rich:
    """Give a title addition in the entry's own script (others count as the original title)."""
    text = entry.rich("titleaddon")
    return () if not text or _foreign_script(plain(text)) else text


def people(entry: Entry, role: str) -> str:
    """Give the names in a role, in reading order."""
    names = entry.names(role)
    shown = [with_original(name, name.direct) for name in names.names]
    if names.others:
        return f"{shown[0]} et al." if len(shown) == 1 else f"{', '.join(shown)}, et al."
    return and_list(shown)


def contributions(entry: Entry, skip: str, *, note: bool = False) -> list[str]:
    """Editors, translators and the like as “edited by …”, or “ed. …” in a note."""
    grouped: dict[str, list[Forms]] = {}
    for role in ("editor", "editora", "editorb", "translator"):
        if role != skip and entry.names(role):
            grouped.setdefault(people(entry, role), []).append(role_forms(entry, role))
    out = []
    for names, forms in grouped.items():
        verbs = " and ".join(form.note if note else form.verb for form in forms)
        out.append(f"{verbs} {names}" if note else f"{verbs} by {names}")
    others = [role for role in ("introduction", "foreword", "afterword") if entry.names(role)]
    return out + [f"{role} by {people(entry, role)}" for role in others]


_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 4th …"""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def edition(entry: Entry) -> str:
    """Write “2nd ed.”; a first edition is not named."""
    text = entry.text("edition").strip()
    match = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?\.?(?:\s+ed(?:\.|ition)?)?", text, re.IGNORECASE)
    word = re.sub(r"\s+ed(\.|ition)?$", "", text.lower())
    number = int(match[1]) if match else ORDINALS.get(word, 0)
    if number:
        return "" if number == 1 else f"{ordinal(number)} ed."
    return text if not text or re.search(r"\bed(\.|ition|s)?\b", text) else f"{text} ed."


def volumes(entry: Entry) -> Rich:
    """Volume of a work of several, with the title of the whole if it has one."""
    number = entry.text("volume")
    whole = title_core(entry, "main")
    same = plain(whole) == plain(title_core(entry))
    if number:
        shown = rich(f"vol. {dashes(number)}")
        if whole and not same:
            return (*shown, Span(" of "), *toggle_italic(whole))
        return shown
    count = entry.text("volumes")
    return rich(f"{count} vols.") if count else ()


def series(entry: Entry) -> Rich:
    """Give the series with its number."""
    text = entry.rich("series")
    number = entry.text("number") if entry.type != "report" else ""
    if not text:
        return ()
    number = f"no. {number}" if number and number.isdigit() and "no" in plain(text)[-3:] else number
    return tidy((*text, Span(f" {number}"))) if number else text


def publication(entry: Entry) -> str:
    """Write “Place: Publisher”; a place or publisher alone stands alone."""
    place = entry.text("location")
    house = entry.text("publisher")
    if not house and entry.type in _BODIES.split():
        house = entry.text("institution", "organization")
    if place and house:
        return f"{place}: {house}"
    return house or place


def pages(entry: Entry) -> str:
    """Give the page range, with en dashes, as the source gives it."""
    text = entry.text("pages", "eid")
    text = re.sub(r"^pp?\.\s*(?=\d)", "", text)
    text = re.sub(r"(?<=\d),(?=\d)", ", ", text)
    return re.sub(r"\s*(?:–|-+)\s*(?=[\dIVXLCivxlc])", "–", text)


def part(entry: Entry) -> str:
    """Write “Chap. 3, 10–20” for a numbered part of a book by one hand."""
    if entry.declared_type not in ("inbook", "bookinbook", "suppbook"):
        return ""
    chapter = entry.text("chapter")
    chapter = f"Chap. {chapter}" if chapter[:1].isdigit() else chapter
    return ", ".join(filter(None, (chapter, pages(entry))))


def archive(entry: Entry) -> str:
    """Tell where archival papers lie: collection, box, folder, archive, place."""
    shown = []
    for name in ARCHIVE:
        text = entry.text(name)
        if text and name in ("box", "folder") and text[:1].isdigit():
            text = f"{name} {text}"
        if text:
            shown.append(text)
    if entry.has("location") and not entry.has("publisher"):
        shown.append(entry.text("location"))
    return ", ".join(dict.fromkeys(shown))


def thesis(entry: Entry) -> str:
    """Write “PhD diss.” and the like."""
    kind = entry.text("type")
    return THESES.get(kind.lower(), kind) or "Thesis"


def report(entry: Entry) -> str:
    """Write the kind and number of a report."""
    kind = entry.text("type")
    kind = REPORTS.get(kind.lower(), kind)
    number = entry.text("number")
    return f"{kind} {number}".strip() if kind else (f"No. {number}" if number else "")


def accessed(entry: Entry, form: str) -> str:
    """Write “Accessed May 5, 2020” for a page read on that day."""
    if entry.urldate is None or entry.doi or not entry.link:
        return ""
    return f"Accessed {day_text(entry.urldate, form)}"


def link(entry: Entry) -> Rich:
    """Give the address as a link; one of another scheme is printed and not linked."""
    if entry.link:
        return rich(entry.link, href=entry.link)
    kind, number = entry.text("eprinttype"), entry.text("eprint")
    if number:
        return rich(f"{kind} {number}".strip())
    return rich(entry.text("url"))
