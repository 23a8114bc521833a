"""The Markdown of MyST, as far as annotations are written in it."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

SETTING = "myst_enable_extensions"
NEEDED = frozenset({"colon_fence"})
"""The extensions of MyST that the examples of this package use: ``:::{account}``."""

_FENCE = re.compile(r"^ {0,3}:{3,}\{(?P<name>[\w:-]+)\}", re.MULTILINE)


def missing(config: Config) -> frozenset[str]:
    """Give the extensions of MyST that are needed and not chosen; none where there is no MyST."""
    if SETTING not in config:
        return frozenset()
    chosen = config[SETTING]
    # MyST itself tells what else the setting cannot be
    return NEEDED - set(chosen) if isinstance(chosen, list | tuple | set) else frozenset()


def enable(_app: Sphinx, config: Config) -> None:
    """Add to the project's choice what is needed, before MyST reads its settings."""
    if lacking := missing(config):
        setattr(config, SETTING, [*config[SETTING], *sorted(lacking)])


def unread_fences(document: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """Give the fences of colons that were read as prose, with the directive each names."""
    for paragraph in document.findall(nodes.paragraph):
        for match in _FENCE.finditer(paragraph.astext()):
            yield paragraph, match["name"]


def _mend(_app: Sphinx, config: Config) -> None:
    if SETTING in config:
        from sphinx_annals.fences import myst

        myst.forgive_addresses()
        myst.keep_places()
        myst.place_warnings()
        myst.keep_what_is_deep()


def setup(app: Sphinx) -> None:
    """See to it that the extensions of MyST that are needed are on, and mend what MyST spoils."""
    app.connect("config-inited", enable)
    app.connect("config-inited", _mend)
