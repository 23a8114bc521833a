"""How the locators of citations are shown."""

from __future__ import annotations

import re

_PAGES = re.compile(r"(?:pp?|pages?|pgs?)\.?\s*(?=[\dIVXLCDMivxlcdm])")
_DOUBLE = re.compile(r"(?<=[\w\])])\s*(?<!-)--(?!-)\s*(?=[\w\[(])|(?<!-)--(?!-)")
_SINGLE = re.compile(r"(?<![\d-])(\d+[a-z]?)-(\d+[a-z]?)(?![\d-])")
_NUMBERS = re.compile(r"[\dIVXLCDMivxlcdm]+[a-z]?(?:\s*[–,]+\s*[\dIVXLCDMivxlcdm]+[a-z]?)*$")


def show_locator(locator: str, *, page_labels: bool = False) -> str:
    """Show a locator in the style's form.

    Pages lose their “p.” (Chicago 15.23) unless `page_labels` is set, in which case bare page
    numbers gain one; ranges get an en dash; anything else stands as the author wrote it.
    """
    text = dashes(locator)
    match = _PAGES.match(text)
    if page_labels:
        return page_label(text) + text if not match and _NUMBERS.match(text) else text
    return text[match.end() :] if match else text


def page_label(pages: str) -> str:
    """Give the label that fits: “p. ” for one page, “pp. ” for several."""
    return "pp. " if re.search(r"[-–,]", pages) else "p. "


def dashes(text: str) -> str:
    """Typeset `--`, and a hyphen between two numbers, as an en dash; 1950-02-14 is no range."""
    if "-" not in text:
        return text
    return _SINGLE.sub(r"\1–\2", _DOUBLE.sub("–", text))


def is_pages(locator: str) -> bool:
    """Tell whether a locator names pages and nothing else."""
    text = dashes(locator)
    match = _PAGES.match(text)
    return bool(_NUMBERS.match(text[match.end() :] if match else text))
