"""Keys that are given on the command line: which words can be one, and whose they are."""

import re
from collections.abc import Iterable

from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.scan import Project
from sphinx_annals.cli import Arguments, complain
from sphinx_annals.text import did_you_mean

KEYS: Arguments = {"keys": {"nargs": "+", "metavar": "KEY", "help": "the key of an entry"}}
"""The argument of commands on some entries."""


def entries_of(keys: Iterable[str], project: Project) -> list[Entry]:
    """Give the entries of keys, and complain of each key that is none."""
    found = []
    for key in keys:
        if entry := project.library.get(key):
            found.append(entry)
        else:
            complain(f"no entry {key!r}{did_you_mean(key, project.library.near)}")
    return found


def valid_key(key: str) -> bool:
    """Tell whether a key can stand in a .bib file, in a role and in a list of sources."""
    return bool(re.fullmatch(r"(?!via$)[^\W_](?:[\w.:+/-]*[\w+])?", key))
