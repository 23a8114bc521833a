"""The subtypes of the warnings of citing, ``citations.key`` and so on."""

from sphinx_annals.messages import WarningSubtype


class Subtype(WarningSubtype, type="citations"):
    """What a warning is about."""

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
    MARKUP = "markup"
    """A directive or role that the markup takes for something else."""
    NAME = "name"
    """A directive or role with a misspelt name."""
    OPTION = "option"
    """An option with a value it cannot have."""
    BIBFILE = "bibfile"
    """A fault in a .bib file."""
    LINK = "link"
    """The address of an entry leads nowhere, ``linkcheck`` says."""
    CONFIG = "config"
    """A configuration value that cannot be used."""
