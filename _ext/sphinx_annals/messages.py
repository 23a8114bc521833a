"""One way to warn, for all wings: each has one enum of subtypes, and calls :func:`warn`.

What cannot be written ends a build by one error.
"""

from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, Self

from sphinx.errors import SphinxError
from sphinx.util import logging

_logger = logging.getLogger(__name__)


_LONGEST = 2000
"""Letters of a message: what authors wrote may be a whole chapter."""


IN_TRANSLATION = " (in its translation)"
"""Behind a message about what stands in a catalogue, and not at the place that is named."""


class WarningSubtype(Enum):
    """What a warning is about; a wing derives its own enum with the type of its warnings.

    ``class Subtype(WarningSubtype, type="annals"): DATE = "date"`` makes the warning
    ``[annals.date]``, which is also its name in ``suppress_warnings``.
    """

    type: ClassVar[str]

    def __init_subclass__(cls, *, type: str) -> None:
        cls.type = type


class WriteError(SphinxError):
    """A file that cannot be written; the message says which, why, and what to do."""

    category = "Cannot write"

    @classmethod
    def of(cls, target: Path, reason: object, kept: str = "") -> Self:
        """Tell of a file; *kept* says what stays in its place."""
        told = (f"{target}: {reason}", kept, "make room for it, or build elsewhere")
        return cls("; ".join(filter(None, told)))


def warn(subtype: WarningSubtype | tuple[str, str], message: str, location: Any = None) -> None:
    """Send one warning; *location* is a node, ``(docname, line)`` or ``"path:line"``.

    A type and a subtype stand for what no enum can list: the codes of checks, which others add.
    """
    kind, name = subtype if isinstance(subtype, tuple) else (subtype.type, subtype.value)
    # Extensions make nodes that know no line, and MyST pictures of line 0; what they stand in does.
    while not getattr(location, "line", True) and getattr(location, "parent", None) is not None:
        location = location.parent
    holder = location
    while getattr(holder, "source", "") is None and holder.parent is not None:
        holder = holder.parent
    if holder is not location and holder.source:  # one that knows its line, and not of what
        location = f"{holder.source}:{location.line}"
    if len(message) > _LONGEST:
        message = f"{message[: _LONGEST // 2]} … {message[-_LONGEST // 2 :]}"
    place = location if isinstance(location, str) else getattr(location, "source", None) or ""
    original, of_translation, _ = place.partition(":<translated>")
    if of_translation:  # Sphinx parses one twice, as a text of its own with lines of its own
        location, message = original, message + IN_TRANSLATION
    # The message is an argument: it holds what authors wrote, and a % in that is no format. So is
    # the place, of which nothing is printed: what has the same arguments is told once.
    said, once = (message, original), bool(of_translation)
    _logger.warning("%s%.0s", *said, type=kind, subtype=name, location=location, once=once)
