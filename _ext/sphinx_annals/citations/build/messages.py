"""The warnings of the extension: one enum of subtypes, one helper."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sphinx.util import logging

LOGGER = logging.getLogger("citations")


class Warn(Enum):
    """Subtypes of the warning type `citations`, for `suppress_warnings`."""

    KEY = "key"
    """A cited key that no .bib file has."""
    SYNTAX = "syntax"
    """The text of a citing role is malformed."""
    UNLISTED = "unlisted"
    """A work is cited, but no bibliography lists it."""
    FILTER = "filter"
    """A filter of a bibliography cannot be read or evaluated."""
    STYLE = "style"
    """An unknown style."""
    OPTION = "option"
    """An option with a value it cannot have."""
    BIBFILE = "bibfile"
    """A fault in a .bib file."""
    CONFIG = "config"
    """A configuration value that cannot be used."""


def warn(kind: Warn, message: str, location: Any = None) -> None:
    """Log one located warning; `location` is a node, a (docname, line) pair or “path:line”."""
    LOGGER.warning(message, location=location, type="citations", subtype=kind.value)
