"""The facts of a reference: editions, volumes, series, houses, pages, archives, addresses.

Rules: *The Chicago Manual of Style*, 17th edition, chapter 14.
"""

import re

from sphinx_annals.citations.entry import Entry, Rich, Span, day_text
from sphinx_annals.citations.style.locators import dashes
from sphinx_annals.citations.style.names import people
from sphinx_annals.citations.style.titles import core_title, dressed

_EDITION = re.compile(r"(\d{1,9})(?:st|nd|rd|th)?\.?(?:\s+ed(?:\.|ition)?)?", re.IGNORECASE)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}


def commas(*parts: str) -> str:
    """Join the parts that are not empty with commas."""
    return ", ".join(filter(None, parts))


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 4th …"""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def edition(entry: Entry) -> str:
    """Write “2nd ed.”; a first edition is not named."""
    text = entry.text("edition").strip()
    match = _EDITION.fullmatch(text)
    word = re.sub(r"\s+ed(\.|ition)?$", "", text.lower())
    number = int(match[1]) if match else ORDINALS.get(word, 0)
    if number:
        return "" if number == 1 else f"{ordinal(number)} ed."
    return text if not text or re.search(r"\bed(\.|ition|s)?\b", text) else f"{text} ed."


def volumes(entry: Entry, *, alone: bool = False) -> Rich:
    """Volume and part of a work of several, with the title of the whole if it has one.

    ``alone`` leaves that out, where it is told already.
    """
    number, part, count = entry.text("volume"), entry.text("part"), entry.text("volumes")
    shown = commas(f"vol. {dashes(number)}" if number else "", part and f"pt. {dashes(part)}")
    main = core_title(entry, "main")
    whole = Rich() if alone or str(main) == str(core_title(entry)) else dressed(entry, "main")
    if not shown or not whole:
        return whole or Rich(shown or (f"{count} vols." if count else ""))
    return shown + " of " + whole


def series(entry: Entry) -> Rich:
    """Give the series with its number."""
    text = entry.rich("series")
    number = "" if entry.kind.form == "report" else entry.text("number")
    bare = not text or "no" in str(text)[-3:]
    number = f"no. {number}" if number.isdigit() and bare else number
    return text + f" {number}" if text and number else text or Rich(number)


def publication(entry: Entry) -> str:
    """Write “Place: Publisher”; a place or publisher alone stands alone."""
    bodies = ("institution", "organization") if entry.kind.house else ()
    return ": ".join(filter(None, (entry.text("location"), entry.text("publisher", *bodies))))


def pages(entry: Entry) -> str:
    """Give the page range, with en dashes, as the source gives it."""
    text = entry.text("pages", "eid")
    text = re.sub(r"^pp?\.\s*(?=\d)", "", text)
    text = re.sub(r"(?<=\d),(?=\d)", ", ", text)
    return re.sub(r"\s*(?:–|-+)\s*(?=[\dIVXLCivxlc])", "–", text)


def chapter(entry: Entry) -> str:
    """Write “chap. 3”; a chapter that is all that is known of a work is its title."""
    text = entry.text("chapter")
    if text == entry.text("title"):
        return ""
    return f"chap. {text}" if text[:1].isdigit() else text


def part(entry: Entry) -> str:
    """Write “chap. 3, 10–20” for a numbered part of a book by one hand."""
    whole = entry.declared_type not in ("inbook", "bookinbook", "suppbook")
    return commas(chapter(entry), "" if whole else pages(entry))


def archive(entry: Entry) -> str:
    """Tell where archival papers lie: collection, box, folder, shelfmark, archive, place."""
    names = ["collection", "box", "folder", "shelfmark", "library", "archive"]
    if entry.kind.form in ("letter", "archival"):
        names.insert(1, "series")
        names.append("institution")
        if not entry.has("publisher"):
            names.append("location")
    names.append("archiveplace")
    shown = {name: entry.text(name) for name in names}
    for name in ("box", "folder"):
        if shown[name][:1].isdigit():
            shown[name] = f"{name} {shown[name]}"
    return commas(*dict.fromkeys(shown.values()))


def release(entry: Entry) -> str:
    """Write “Version 2”."""
    version = entry.text("version")
    return version and f"Version {version}"


def whole(entry: Entry) -> Rich:
    """Give the work of several volumes that has the book that holds a chapter."""
    return volumes(entry) if entry.has("maintitle") and entry.has("booktitle") else Rich()


def container(entry: Entry) -> Rich:
    """Give what a page is a part of."""
    name = next((n for n in ("journal", "book", "main") if entry.has(f"{n}title")), "")
    return entry.whole_title(name) if name else Rich()


def reprint(entry: Entry) -> Rich:
    """Write “Reprinted as …”."""
    title = entry.rich("reprinttitle")
    return "Reprinted as " + title.italic() if title else title


def recipient(entry: Entry) -> str:
    """Write “Letter to …”."""
    to = people(entry, "recipient")
    return to and f"Letter to {to}"


def report(entry: Entry) -> str:
    """Write the kind and number of a report."""
    number = entry.text("number")
    return f"{entry.genre[-1] or ('No.' if number else '')} {number}".strip()


def accessed(entry: Entry, form: str) -> str:
    """Write “Accessed May 5, 2020” for a page read on that day."""
    date = entry.dated("urldate")
    return f"Accessed {day_text(date, form)}" if date and entry.link and not entry.doi else ""


def link(entry: Entry) -> Rich:
    """Give the address as a link; one of another scheme is printed and not linked."""
    if entry.link:
        return Rich([Span(entry.link, href=entry.link)])
    number = entry.text("eprint")
    return Rich(f"{entry.text('eprinttype')} {number}".strip() if number else entry.text("url"))
