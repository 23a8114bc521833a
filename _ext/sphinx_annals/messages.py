"""One way to warn, for all wings: each has one enum of subtypes, and calls :func:`warn`."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from sphinx.util import logging

_logger = logging.getLogger(__name__)


class WarningSubtype(Enum):
    """What a warning is about; a wing derives its own enum with the type of its warnings.

    ``class Subtype(WarningSubtype, type="annals"): DATE = "date"`` makes the warning
    ``[annals.date]``, which is also its name in ``suppress_warnings``.
    """

    type: ClassVar[str]

    def __init_subclass__(cls, *, type: str) -> None:
        cls.type = type


@dataclass(frozen=True, slots=True)
class OpenSubtype:
    """A subtype that no enum can list, since others add to them: the code of a check."""

    type: str
    value: str


def warn(subtype: WarningSubtype | OpenSubtype, message: str, location: Any = None) -> None:
    """Send one warning; *location* is a node, ``(docname, line)`` or ``"path:line"``."""
    # The message is an argument: it holds what authors wrote, and a % in that is no format.
    _logger.warning("%s", message, type=subtype.type, subtype=subtype.value, location=location)
