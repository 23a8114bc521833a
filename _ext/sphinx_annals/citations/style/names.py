"""Names as the style sets them: how many of them are shown, in what order and in which role.

Rules: *The Chicago Manual of Style*, 17th edition, 14.76, 14.103, 15.9, 15.29; 18th edition, 13.23.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from sphinx_annals.citations.entry import (
    LANGUAGES,
    NAME_FIELDS,
    Entry,
    Name,
    NameList,
    Rich,
    is_cjk,
    read_table,
)
from sphinx_annals.citations.style.titles import short_title


class Limits(NamedTuple):
    """When “et al.” stands for names: of more than ``in_text`` text and notes show the first alone.

    In a list of more than ``in_list`` the first ones are, ``listed`` of them.
    """

    in_text: int
    in_list: int
    listed: int


LIMITS = {17: Limits(3, 10, 7), 18: Limits(2, 6, 3)}
"""By the edition of Chicago."""
USUAL = LIMITS[17]


class Forms(NamedTuple):
    """How a role is named: in a list, in a note, behind one name, behind several."""

    verb: str
    noted: str
    one: str
    many: str


_TABLE = read_table(Path(__file__).with_name("references.toml"))
ROLES = {role: Forms(*forms) for role, forms in _TABLE["roles"].items()}
_FIELDS = tuple(role for role in ROLES if role in NAME_FIELDS)


def and_list(names: list[str]) -> str:
    """Join with commas and “and” (serial comma)."""
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def corporate(entry: Entry) -> str:
    """Give the body that stands for the author of an unsigned work, or empty."""
    return entry.text(*entry.kind.bodies)


def body(entry: Entry) -> Rich:
    """Give that body in its dress: a periodical in italics."""
    text = Rich(corporate(entry))
    return text.italic() if entry.kind.form == "article" else text


def short_names(
    entry: Entry, limits: Limits = USUAL, *, full: bool = False, first: str = ""
) -> Rich:
    """Give the names of a citation in the text; too many become the first with “et al.”.

    ``first`` is what the first is called, where another has the same surname; see ``namesakes``.
    """
    names = _shortest(entry)
    if not names:
        return Rich(entry.text("shorthand", "label")) or body(entry) or short_title(entry)
    shown = [name.surname for name in names.names]
    shown[0] = first or shown[0]
    if not full and _too_many(names, limits):
        return Rich(f"{shown[0]} et al.")
    return Rich(and_list(shown) + (" et al." if names.others else ""))


def _shortest(entry: Entry) -> NameList:
    role, names = entry.creators
    return entry.names("shortauthor" if role in ("author", "") else "shorteditor") or names


def namesakes(entries: Iterable[Entry]) -> dict[str, str]:
    """Give by key what the first name of a work is called whose surname others share.

    An initial, or the whole name where that does not tell them apart (Chicago 15.22); the whole
    name too where the family name comes first, or where a script has no initials.
    """
    # by surname, and below by the initial: who has another is another
    found: dict[str, dict[str, list[tuple[str, Name]]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        names = _shortest(entry).names
        if names and names[0].given and not names[0].corporate:
            found[names[0].surname][_initial(names[0].given)].append((entry.key, names[0]))
    called: dict[str, str] = {}
    for initials in found.values():
        told = {initial: bool(initial) and _one(works) for initial, works in initials.items()}
        if len(told) == 1 and all(_one(works) for works in initials.values()):
            continue
        for initial, works in initials.items():
            for key, name in works:
                short = told[initial] and not name.family_first
                called[key] = f"{initial} {name.surname}" if short else name.direct
    return called


def _one(works: Iterable[tuple[str, Name]]) -> bool:
    """Tell whether all of these names may be one person's."""
    pairs = combinations(dict.fromkeys(name.given for _, name in works), 2)
    return all(_alike(*pair) for pair in pairs)


def _initial(given: str) -> str:
    first = unicodedata.normalize("NFC", given)[:1]
    return f"{first.upper()}." if first.upper() != first.lower() else ""


def _alike(one: str, other: str) -> bool:
    """Tell whether two given names may be one person's: the same, or an initial of the other."""
    short, long = sorted(
        (re.findall(r"\w+", name.casefold()) for name in (one, other)), key=lambda n: (len(n), n)
    )
    pairs = zip(short, long, strict=False)
    initials = all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)
    return "".join(short) == "".join(long) or (initials and not is_cjk(one))


def note_names(entry: Entry, limits: Limits = USUAL) -> Rich:
    """Give the names that open a note; too many become the first with “et al.”."""
    names = entry.creators[1]
    if not names:
        # an unsigned piece of a newspaper opens with its title (14.191)
        return Rich() if entry.kind.form == "article" else body(entry)
    many = _too_many(names, limits)
    text = f"{names.names[0].direct} et al." if many else _listed(names, limits, invert=False)
    return Rich(text + _behind(entry))


def heading(entry: Entry, limits: Limits = USUAL) -> Rich:
    """Give the names that open an entry of a list, with “ed.” and the like after them."""
    return Rich(_listed(entry.creators[1], limits, invert=True) + _behind(entry)) or body(entry)


def people(entry: Entry, role: str, limits: Limits = USUAL) -> str:
    """Give the names in a role, in reading order."""
    return _listed(entry.names(role), limits, invert=False)


def _too_many(names: NameList, limits: Limits) -> bool:
    return len(names.names) > limits.in_text or names.others


def _listed(names: NameList, limits: Limits, *, invert: bool) -> str:
    """Join the names, the first one inverted or not; of too many the first few are shown."""
    if not names:
        return ""
    first, *rest = names.names
    shown = [_with_original(first, first.inverted if invert else first.direct)]
    shown += [_with_original(name, name.direct) for name in rest]
    if len(shown) > limits.in_list:
        return ", ".join(shown[: limits.listed]) + ", et al."
    inverted = invert and "," in shown[0]
    if names.others:
        return ", ".join(shown) + (", et al." if rest or inverted else " et al.")
    return ", and ".join(shown) if len(shown) == 2 and inverted else and_list(shown)


def _with_original(name: Name, shown: str) -> str:
    """Add the name in its own script."""
    return f"{shown} {name.original}" if name.original else shown


def _behind(entry: Entry) -> str:
    """Give what stands behind the names that open: a real name (14.80), the role."""
    role, names = entry.creators
    real = entry.text("nameaddon") if names else ""
    own = role == "author" and entry.text("authortype").lower() in ROLES
    if not own and role not in ROLES:
        return real and f" [{real}]"
    forms = role_forms(entry, role)
    shown = forms.many if len(names.names) > 1 or names.others else forms.one
    return (f" [{real}]" if real else "") + f", {shown}"


def role_forms(entry: Entry, role: str) -> Forms:
    """Give the forms of a role; an editor's or an author's may be another's, such as a compiler's.

    What ``origlanguage`` says stands with the translators.
    """
    kind = entry.text(f"{role}type").lower() or role
    forms = ROLES.get(kind, ROLES["editor"])
    if role == "translator" and entry.has("origlanguage"):
        forms = forms._replace(verb=f"translated from the {language(entry)} by")
        forms = forms._replace(noted=f"trans. from the {language(entry)} by")
    return forms


def language(entry: Entry) -> str:
    """Give the language that a work was first written in, by its English name."""
    shown = []
    for word in entry.text("origlanguage").replace(" and ", ",").split(","):
        try:
            tag = LANGUAGES.get(word.strip().lower(), word.strip())
            shown.append(Locale.parse(tag.partition("-")[0]).get_display_name("en") or word)
        except (ValueError, UnknownLocaleError):
            shown.append(word.strip().capitalize())
    return and_list(shown)


def contributions(entry: Entry, limits: Limits = USUAL, *, note: bool = False) -> list[str]:
    """Give those who do not open the entry: “edited by …”, or “ed. …” in a note."""
    told = {entry.creators[0], "recipient" if entry.kind.form == "letter" else ""}
    grouped: dict[str, list[str]] = {}
    for role in _FIELDS:
        if role in entry.fields and role not in told and entry.names(role):
            forms = role_forms(entry, role)
            done = grouped.setdefault(people(entry, role, limits), [])
            done.append(forms.noted if note else forms.verb)
    return [_joined(phrases) + f" {names}" for names, phrases in grouped.items()]


def _joined(phrases: list[str]) -> str:
    """Write “edited and translated by”."""
    *others, last = dict.fromkeys(phrases)
    return " and ".join([*(phrase.removesuffix(" by") for phrase in others), last])
