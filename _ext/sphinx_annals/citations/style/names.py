"""Names as the style sets them: how many of them are shown, in what order and in which role.

Rules: *The Chicago Manual of Style*, 17th edition, 14.76, 14.103, 15.9, 15.29.
"""

from pathlib import Path
from typing import NamedTuple

from sphinx_annals.citations.entry import Entry, Name, NameList, Rich, read_table
from sphinx_annals.citations.style.titles import short_title

# “et al.”: of more names than these the first is shown in the text and in notes, the first
# seven in a list
IN_TEXT_MAX = 3
IN_LIST_MAX = 10
IN_LIST_SHOWN = 7


class Forms(NamedTuple):
    """How a role is named: in a sentence, in a note and behind one name, behind several."""

    verb: str
    one: str
    many: str


_TABLE = read_table(Path(__file__).with_name("references.toml"))
ROLES = {role: Forms(*forms) for role, forms in _TABLE["roles"].items()}


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


def short_names(entry: Entry, *, full: bool = False) -> Rich:
    """Give the names of a citation in the text; too many become the first with “et al.”."""
    role, names = entry.creators
    names = entry.names("shortauthor" if role in ("author", "") else "shorteditor") or names
    if not names:
        return Rich(entry.text("shorthand", "label")) or body(entry) or short_title(entry)
    shown = [name.surname for name in names.names]
    if not full and _too_many(names):
        return Rich(f"{shown[0]} et al.")
    return Rich(and_list(shown) + (" et al." if names.others else ""))


def note_names(entry: Entry) -> Rich:
    """Give the names that open a note; too many become the first with “et al.”."""
    names = entry.creators[1]
    if not names:
        # an unsigned piece of a newspaper opens with its title (14.191)
        return Rich() if entry.kind.form == "article" else body(entry)
    many = _too_many(names)
    text = f"{names.names[0].direct} et al." if many else _listed(names, invert=False)
    return Rich(text + _role_behind(entry))


def heading(entry: Entry) -> Rich:
    """Give the names that open an entry of a list, with “ed.” and the like after them."""
    return Rich(_listed(entry.creators[1], invert=True) + _role_behind(entry)) or body(entry)


def people(entry: Entry, role: str) -> str:
    """Give the names in a role, in reading order."""
    return _listed(entry.names(role), invert=False)


def _too_many(names: NameList) -> bool:
    return len(names.names) > IN_TEXT_MAX or names.others


def _listed(names: NameList, *, invert: bool) -> str:
    """Join the names, the first one inverted or not; of too many the first few are shown."""
    if not names:
        return ""
    first, *rest = names.names
    shown = [_with_original(first, first.inverted if invert else first.direct)]
    shown += [_with_original(name, name.direct) for name in rest]
    if len(shown) > IN_LIST_MAX:
        return ", ".join(shown[:IN_LIST_SHOWN]) + ", et al."
    inverted = invert and "," in shown[0]
    if names.others:
        return ", ".join(shown) + (", et al." if rest or inverted else " et al.")
    return ", and ".join(shown) if len(shown) == 2 and inverted else and_list(shown)


def _with_original(name: Name, shown: str) -> str:
    """Add the name in its own script."""
    return f"{shown} {name.original}" if name.original else shown


def _role_behind(entry: Entry) -> str:
    role, names = entry.creators
    if role not in ROLES:
        return ""
    forms = role_forms(entry, role)
    return f", {forms.many if len(names.names) > 1 or names.others else forms.one}"


def role_forms(entry: Entry, role: str) -> Forms:
    """Give the forms of a role; an editor's may be another's, such as a compiler's."""
    kind = entry.text(f"{role}type").lower() if role.startswith("editor") else role
    return ROLES.get(kind, ROLES["editor"])


def contributions(entry: Entry, *, note: bool = False) -> list[str]:
    """Give those who do not open the entry: “edited by …”, or “ed. …” in a note."""
    grouped: dict[str, list[Forms]] = {}
    for role in ("editor", "editora", "editorb", "translator"):
        if role != entry.creators[0] and entry.names(role):
            grouped.setdefault(people(entry, role), []).append(role_forms(entry, role))
    out = []
    for names, forms in grouped.items():
        verbs = " and ".join(form.one if note else form.verb for form in forms)
        out.append(f"{verbs} {names}" if note else f"{verbs} by {names}")
    others = [role for role in ("introduction", "foreword", "afterword") if entry.names(role)]
    return out + [f"{role} by {people(entry, role)}" for role in others]
