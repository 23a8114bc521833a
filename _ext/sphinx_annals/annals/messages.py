"""The subtypes of the warnings of annals."""

from __future__ import annotations

from sphinx_annals.messages import WarningSubtype


class Subtype(WarningSubtype, type="annals"):
    """What a warning is about; ``suppress_warnings`` takes ``annals.`` and the value."""

    ACCOUNT = "account"
    """An account or verdict without an object, a property or a source."""
    CHECK = "check"
    """An acknowledgement of a finding that no check makes."""
    CONFIG = "config"
    """A kind or field that a project declares and that cannot be read."""
    DATE = "date"
    """A date that is not EDTF."""
    DUPLICATE = "duplicate"
    """An id that two annotations share."""
    EMPTY = "empty"
    """An annotation with nothing in it."""
    EXPORT = "export"
    """A format asked for by name that is none, or needs a library which is not installed."""
    FILTER = "filter"
    """A view's filter that cannot be met, or that is not one."""
    ID = "id"
    """An annotation without an id, or with one that is malformed."""
    MARKDOWN = "markdown"
    """An annotation that Markdown takes for prose."""
    OPTION = "option"
    """An option that the directive does not have, or a value it cannot read."""
    REFERENCE = "ref"
    """A reference to an id that nobody defines, or that names another kind of object."""
    SOURCE = "source"
    """A source that cannot be read as a citation."""
    TITLE = "title"
    """An annotation without a title."""
    TREATY = "treaty"
    """A provision outside a treaty."""
