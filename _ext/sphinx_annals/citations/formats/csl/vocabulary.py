"""The words of CSL-JSON beside those of biblatex, said once for reading and for writing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sphinx_annals.citations.entry import read_table

_DATA = read_table(Path(__file__).with_name("vocabulary.toml"))

READ_AS: Mapping[str, str] = _DATA["types"]
"""The type of an entry for each type of CSL."""
VARIABLES: Mapping[str, Sequence[str]] = _DATA["variables"]
"""The fields that a variable of CSL is written from; it is read into the first of them."""
NAMES: Mapping[str, str] = _DATA["names"]
DATES: Mapping[str, str] = _DATA["dates"]
OLDER: Mapping[str, str] = _DATA["older"]
