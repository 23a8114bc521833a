"""The facts of a reference: editions, volumes, series, houses, pages, archives, addresses.

Rules: *The Chicago Manual of Style*, 17th edition, chapter 14.
"""

import re

from sphinx_annals.citations.entry import Entry, Rich, Span, day_text
from sphinx_annals.citations.style.locators import dashes
from sphinx_annals.citations.style.names import people
from sphinx_annals.citations.style.options import Options
from sphinx_annals.citations.style.phrases import filled
from sphinx_annals.citations.style.titles import core_title, dressed
from sphinx_annals.language import ENGLISH, Language

_EDITION = re.compile(r"(\d{1,9})(?:st|nd|rd|th)?\.?(?:\s+ed(?:\.|ition)?)?", re.IGNORECASE)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}


def commas(*parts: str) -> str:
    """Join the parts that are not empty with commas."""
    return ", ".join(filter(None, parts))


def ordinal(number: int, language: Language) -> str:
    """Write 1st, 2nd, 3rd, 4th …; in other languages the number, which a phrase makes ordinal."""
    if language.tag != ENGLISH.tag:
        return str(number)
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def edition(entry: Entry, options: Options) -> str:
    """Write “2nd ed.”; a first edition is not named."""
    language = options.language
    text = entry.text("edition").strip()
    match = _EDITION.fullmatch(text)
    word = re.sub(r"\s+ed(\.|ition)?$", "", text.lower())
    number = int(match[1]) if match else ORDINALS.get(word, 0)
    if number:
        phrase = language.gettext("{ordinal} ed.")
        return "" if number == 1 else phrase.format(ordinal=ordinal(number, language))
    # “rev.”, in other languages said in full
    whole = language.tag != ENGLISH.tag or re.search(r"\bed(\.|ition|s)?\b", text)
    return text if whole or not text else f"{text} ed."


def volumes(entry: Entry, options: Options, *, alone: bool = False) -> Rich:
    """Volume and part of a work of several, with the title of the whole if it has one.

    ``alone`` leaves that out, where it is told already.
    """
    number, part, count = entry.text("volume"), entry.text("part"), entry.text("volumes")
    language = options.language
    shown = commas(
        number and language.gettext("vol. {number}").format(number=dashes(number)),
        part and language.gettext("pt. {number}").format(number=dashes(part)),
    )
    main = core_title(entry, "main")
    told = alone or str(main) == str(core_title(entry))
    whole = Rich() if told else dressed(entry, "main", language)
    if not shown or not whole:
        several = count and language.gettext("{number} vols.").format(number=count)
        return whole or Rich(shown or several)
    return filled(language.gettext("{volume} of {whole}"), volume=shown, whole=whole)


def numbered(number: str, options: Options) -> str:
    """Write “no. 3”."""
    return options.language.gettext("no. {number}").format(number=number)


def series(entry: Entry, options: Options) -> Rich:
    """Give the series with its number."""
    text = entry.rich("series")
    number = "" if entry.kind.form == "report" else entry.text("number")
    bare = not text or "no" in str(text)[-3:]
    number = numbered(number, options) if number.isdigit() and bare else number
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


def chapter(entry: Entry, options: Options) -> str:
    """Write “chap. 3”; a chapter that is all that is known of a work is its title."""
    text = entry.text("chapter")
    if text == entry.text("title"):
        return ""
    phrase = options.language.gettext("chap. {number}")
    return phrase.format(number=text) if text[:1].isdigit() else text


def part(entry: Entry, options: Options) -> str:
    """Write “chap. 3, 10–20” for a numbered part of a book by one hand."""
    whole = entry.declared_type not in ("inbook", "bookinbook", "suppbook")
    return commas(chapter(entry, options), "" if whole else pages(entry))


def archive(entry: Entry, options: Options) -> str:
    """Tell where archival papers lie: collection, box, folder, shelfmark, archive, place."""
    names = ["collection", "box", "folder", "shelfmark", "library", "archive"]
    if entry.kind.form in ("letter", "archival"):
        names.insert(1, "series")
        names.append("institution")
        if not entry.has("publisher"):
            names.append("location")
    names.append("archiveplace")
    shown = {name: entry.text(name) for name in names}
    language = options.language
    for name, phrase in (
        ("box", language.gettext("box {number}")),
        ("folder", language.gettext("folder {number}")),
    ):
        if shown[name][:1].isdigit():
            shown[name] = phrase.format(number=shown[name])
    return commas(*dict.fromkeys(shown.values()))


def release(entry: Entry, options: Options) -> str:
    """Write “version 2”."""
    version = entry.text("version")
    return version and options.language.gettext("version {number}").format(number=version)


def whole(entry: Entry, options: Options) -> Rich:
    """Give the work of several volumes that has the book that holds a chapter."""
    return volumes(entry, options) if entry.has("maintitle") and entry.has("booktitle") else Rich()


def container(entry: Entry, _options: Options) -> Rich:
    """Give what a page is a part of."""
    name = next((n for n in ("journal", "book", "main") if entry.has(f"{n}title")), "")
    return entry.whole_title(name) if name else Rich()


def reprint(entry: Entry, options: Options) -> Rich:
    """Write “reprinted as …”."""
    title = entry.rich("reprinttitle").italic()
    return filled(options.language.gettext("reprinted as {title}"), title=title) if title else title


def recipient(entry: Entry, options: Options) -> str:
    """Write “letter to …”."""
    to = people(entry, "recipient", options)
    return to and options.language.gettext("letter to {names}").format(names=to)


def report(entry: Entry, options: Options) -> str:
    """Write the kind and number of a report."""
    number, kind = entry.text("number"), genre(entry, options)
    return f"{kind} {number}".strip() if kind or not number else numbered(number, options)


def genre(entry: Entry, options: Options) -> str:
    """Give the kind of a thesis or a report, as Chicago has it."""
    return options.language.pgettext("work", entry.genre[-1])


def accessed(entry: Entry, options: Options) -> str:
    """Write “accessed May 5, 2020” for a page read on that day."""
    date = entry.dated("urldate")
    if not date or not entry.link or entry.doi:
        return ""
    day = day_text(date, options.date_form, options.language)
    return options.language.gettext("accessed {day}").format(day=day)


def link(entry: Entry) -> Rich:
    """Give the address as a link; one of another scheme is printed and not linked."""
    if entry.link:
        return Rich([Span(entry.link, href=entry.link)])
    number = entry.text("eprint")
    return Rich(f"{entry.text('eprinttype')} {number}".strip() if number else entry.text("url"))
