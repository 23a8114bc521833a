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

from sphinx_annals.citations.entry import (
    LANGUAGES,
    NAME_FIELDS,
    Entry,
    Name,
    NameList,
    Rich,
    agree,
    is_cjk,
)
from sphinx_annals.citations.style.options import USUAL, Options
from sphinx_annals.citations.style.phrases import and_list, conjunction, joined
from sphinx_annals.citations.style.titles import short_title
from sphinx_annals.language import Language
from sphinx_annals.text import read_table


class Forms(NamedTuple):
    """How a role is named: in a list, in a note, behind one name, behind several.

    The first two are phrases round ``{names}``.
    """

    verb: str
    noted: str
    one: str
    many: str


_TABLE = read_table(Path(__file__).with_name("references.toml"))
ROLES = {role: Forms(*forms) for role, forms in _TABLE["roles"].items()}
_FIELDS = tuple(role for role in ROLES if role in NAME_FIELDS)


def corporate(entry: Entry) -> str:
    """Give the body that stands for the author of an unsigned work, or empty."""
    return entry.text(*entry.kind.bodies)


def body(entry: Entry) -> Rich:
    """Give that body in its dress: a periodical in italics."""
    text = Rich(corporate(entry))
    return text.italic() if entry.kind.form == "article" else text


def short_names(
    entry: Entry, options: Options = USUAL, *, full: bool = False, first: str = ""
) -> Rich:
    """Give the names of a citation in the text; too many become the first with “et al.”.

    ``first`` is what the first is called, where another has the same surname; see ``namesakes``.
    """
    names, language = _shortest(entry), options.language
    if not names:
        called = Rich(entry.text("shorthand", "label")) or body(entry)
        return called or short_title(entry, language)
    shown = [name.surname for name in names.names]
    shown[0] = first or shown[0]
    if not full and _too_many(names, options):
        return Rich(_and_others(shown[0], language))
    whole = and_list(shown, language)
    return Rich(_and_others(whole, language) if names.others else whole)


def _and_others(names: str, language: Language, *, listed: bool = False) -> str:
    several = language.pgettext("names", "{names}, et al.")
    phrase = several if listed else language.pgettext("names", "{names} et al.")
    return phrase.format(names=names)


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
    words = (re.findall(r"\w+", name.casefold()) for name in (one, other))
    short, long = sorted(words, key=lambda name: (len(name), name))
    return "".join(short) == "".join(long) or (agree(short, long) and not is_cjk(one))


def note_names(entry: Entry, options: Options = USUAL) -> Rich:
    """Give the names that open a note; too many become the first with “et al.”."""
    names = entry.creators[1]
    if not names:
        # an unsigned piece of a newspaper opens with its title (14.191)
        return Rich() if entry.kind.form == "article" else body(entry)
    if _too_many(names, options):
        text = _and_others(names.names[0].direct, options.language)
    else:
        text = _listed(names, options, invert=False)
    return Rich(text + _behind(entry, options))


def heading(entry: Entry, options: Options = USUAL) -> Rich:
    """Give the names that open an entry of a list, with “ed.” and the like after them."""
    shown = _listed(entry.creators[1], options, invert=True) + _behind(entry, options)
    return Rich(shown) or body(entry)


def people(entry: Entry, role: str, options: Options = USUAL) -> str:
    """Give the names in a role, in reading order."""
    return _listed(entry.names(role), options, invert=False)


def _too_many(names: NameList, options: Options) -> bool:
    return len(names.names) > options.limits.in_text or names.others


def _listed(names: NameList, options: Options, *, invert: bool) -> str:
    """Join the names, the first one inverted or not; of too many the first few are shown."""
    if not names:
        return ""
    first, *rest = names.names
    shown = [_with_original(first, first.inverted if invert else first.direct)]
    shown += [_with_original(name, name.direct) for name in rest]
    language, limits = options.language, options.limits
    if len(shown) > limits.in_list:
        return _and_others(joined(shown[: limits.listed], language), language, listed=True)
    inverted = invert and "," in shown[0]
    if names.others:
        return _and_others(joined(shown, language), language, listed=bool(rest) or inverted)
    # a comma parts a name that is turned round from the next
    apart = len(shown) == 2 and inverted
    return conjunction(3, language).join(shown) if apart else and_list(shown, language)


def _with_original(name: Name, shown: str) -> str:
    """Add the name in its own script."""
    return f"{shown} {name.original}" if name.original else shown


def _behind(entry: Entry, options: Options) -> str:
    """Give what stands behind the names that open: a real name (14.80), the role."""
    role, names = entry.creators
    real = entry.text("nameaddon") if names else ""
    own = role == "author" and entry.text("authortype").lower() in ROLES
    if not own and role not in ROLES:
        return real and f" [{real}]"
    forms = role_forms(entry, role, options.language)
    shown = forms.many if len(names.names) > 1 or names.others else forms.one
    return (f" [{real}]" if real else "") + f", {shown}"


def role_forms(entry: Entry, role: str, language: Language) -> Forms:
    """Give the forms of a role; an editor's or an author's may be another's, such as a compiler's.

    What ``origlanguage`` says stands with the translators.
    """
    kind = entry.text(f"{role}type").lower() or role
    forms = ROLES.get(kind, ROLES["editor"])
    forms = Forms(*(language.pgettext("role", phrase) for phrase in forms))
    if role == "translator" and entry.has("origlanguage"):
        verb = language.gettext("translated from the {language} by {names}")
        noted = language.gettext("trans. from the {language} by {names}")
        # the names are put in last, where those of several roles stand together
        told = original_language(entry, language)
        forms = forms._replace(verb=verb.replace("{language}", told))
        forms = forms._replace(noted=noted.replace("{language}", told))
    return forms


def original_language(entry: Entry, language: Language) -> str:
    """Give the name of the language that a work was first written in."""
    words = entry.text("origlanguage").replace(" and ", ",").split(",")
    return and_list([_language(word.strip(), language) for word in words], language)


def _language(word: str, language: Language) -> str:
    tag = LANGUAGES.get(word.lower(), word)
    known = language.name_of(tag.partition("-")[0])
    return word.capitalize() if known in (word, tag) else known


def contributions(entry: Entry, options: Options = USUAL, *, note: bool = False) -> list[str]:
    """Give those who do not open the entry: “edited by …”, or “ed. …” in a note."""
    told = {entry.creators[0], "recipient" if entry.kind.form == "letter" else ""}
    grouped: dict[str, list[str]] = {}
    for role in _FIELDS:
        if role in entry.fields and role not in told and entry.names(role):
            forms = role_forms(entry, role, options.language)
            done = grouped.setdefault(people(entry, role, options), [])
            done.append(forms.noted if note else forms.verb)
    return [_told(names, phrases, options.language) for names, phrases in grouped.items()]


def _told(names: str, phrases: list[str], language: Language) -> str:
    """Put names into the phrases of all their roles: “edited and translated by {names}”."""
    parts = [phrase.partition("{names}") for phrase in dict.fromkeys(phrases)]
    before, after = ([part[side] for part in parts if part[side]] for side in (0, 2))
    # the word that ends all of them, “by”, stands once
    shared = (before[-1].rstrip().rpartition(" ")[2] if before else "") + " "
    before = [*(part.removesuffix(shared) for part in before[:-1]), *before[-1:]]
    return _row(before, language) + names + _row(after, language)


def _row(words: list[str], language: Language) -> str:
    return conjunction(2, language).join([*(word.rstrip() for word in words[:-1]), *words[-1:]])
