"""Which CSL style a name means: one that Typst has inside, or a ``.csl`` file.

Source: *Citation Style Language 1.0.2*, https://docs.citationstyles.org/en/stable/specification.html
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from sphinx_annals.text import did_you_mean, read_table

_DATA = read_table(Path(__file__).with_name("builtin.toml"))
NAMES: tuple[str, ...] = tuple(_DATA["names"])
"""The styles that need no file."""
_OURS: Mapping[str, str] = _DATA["ours"]
_NOTES = frozenset(_DATA["notes"])
_BARE = frozenset(_DATA["bare_pages"])
STYLES = Path(__file__).with_name("styles")
"""Those that come with this package, since what Typst has inside prints no names."""
_CLOSE = frozenset(_DATA["close_pages"])
_CSL = "{http://purl.org/net/xbiblio/csl}"
_BRANCHES = {f"{_CSL}if", f"{_CSL}else-if"}


class SheetError(ValueError):
    """The style cannot be used; the message says why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style: its name as Typst knows it, or its source where it is a file.

    ``notes`` tells that its citations are notes, ``page_labels`` that pages have their “p.”,
    ``close_pages`` that they follow a name without a comma, as other locators do not, ``listed``
    that it sets lists, ``locale`` the language that it always has.
    """

    name: str
    notes: bool
    page_labels: bool
    close_pages: bool = False
    listed: bool = True
    locale: str = ""
    source: bytes = b""

    @property
    def digest(self) -> str:
        """A fingerprint of what the style says."""
        from hashlib import sha256  # spares commands that set nothing

        return sha256(self.name.encode() + self.source).hexdigest()


def find(name: str, base: Path, others: Iterable[str] = ()) -> Sheet:
    """Give the style of a name, or of a file as seen from ``base``.

    Raises SheetError, which suggests the nearest name, of these or of ``others``.
    """
    if name.endswith(".csl"):
        return _read(base / name, name)
    if name in _OURS:
        return _read(STYLES / f"{_OURS[name]}.csl", name)
    if name in NAMES:
        return Sheet(name, name in _NOTES, name not in _BARE, name in _CLOSE)
    hint = did_you_mean(name, (*others, *NAMES))
    known = ", ".join((*others, "a style of CSL such as 'apa'", "the path of a .csl file"))
    raise SheetError(f"{name!r} is none of {known}{hint}")


def _read(path: Path, name: str) -> Sheet:
    try:
        source = path.read_bytes()
        root = ElementTree.fromstring(source)
    except OSError as error:
        beside = sorted(found.name for found in path.parent.glob("*.csl"))
        hint = did_you_mean(path.name, beside)
        raise SheetError(f"{name!r} cannot be read ({error.strerror}){hint}") from error
    except (ElementTree.ParseError, LookupError, ValueError) as error:  # or of its encoding
        raise SheetError(f"{name!r} is no XML: {error}") from error
    if root.tag != f"{_CSL}style":
        raise SheetError(f"{name!r} is no CSL style: its root is no <style> of CSL 1.0")
    if root.find(f"{_CSL}citation") is None:
        link = root.find(f".//{_CSL}link[@rel='independent-parent']")
        parent = "" if link is None else link.get("href", "").rpartition("/")[2]
        told = f", it only refers to {parent!r}; name that, or its file" if parent else ""
        raise SheetError(f"{name!r} has no <citation>{told}")
    _name_names(root)
    listed = root.find(f"{_CSL}bibliography") is not None
    if not listed:  # Typst wants a list
        layout = ElementTree.SubElement(root, f"{_CSL}bibliography")
        layout = ElementTree.SubElement(layout, f"{_CSL}layout")
        ElementTree.SubElement(layout, f"{_CSL}text", variable="title")
    known = root.findtext(f"{_CSL}info/{_CSL}id", "").rpartition("/")[2]
    return Sheet(
        name,
        notes=root.get("class") == "note",
        page_labels=known not in _BARE and _labels_pages(root),
        close_pages=known in _CLOSE,
        listed=listed,
        locale=root.get("default-locale", ""),
        source=ElementTree.tostring(root, encoding="utf-8"),
    )


def _name_names(root: ElementTree.Element) -> None:
    """Write out what CSL lets a style leave out: hayagriva 0.10 sets no names without it."""
    for names in root.iter(f"{_CSL}names"):
        if len(names) and names.find(f"{_CSL}name") is None:
            names.insert(0, ElementTree.Element(f"{_CSL}name"))


def _labels_pages(root: ElementTree.Element) -> bool:
    """Tell whether a page gets its “p.”: mostly so, where a style has several rules for it.

    It does too where the style has no place for locators.
    """
    macros = {macro.get("name"): macro for macro in root.iter(f"{_CSL}macro")}
    waiting: list[ElementTree.Element] = list(root.iter(f"{_CSL}citation"))
    seen: set[str | None] = set()
    labels = places = 0
    while waiting:
        for element in _reached(waiting.pop()):
            if element.get("variable") == "locator":
                labels += element.tag == f"{_CSL}label"
                places += element.tag in (f"{_CSL}text", f"{_CSL}number")
            called = element.get("macro")
            if called in macros and called not in seen:
                seen.add(called)
                waiting.append(macros[called])
    return not places or 2 * labels > places


def _reached(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Give the elements that are set when the locator is a page."""
    yield element
    for child in element:
        if child.tag in _BRANCHES:
            told = child.get("locator")
            kinds = (told or "").split()
            negated = child.get("match") == "none"
            if told is not None and ("page" in kinds) == negated:
                continue  # a page does not come here
            yield from _reached(child)
            if told is not None and len(child.attrib) <= 1 + ("match" in child.attrib):
                break  # a page comes here, and to no branch after it
        else:
            yield from _reached(child)
