"""The catalogues of our words, one ``.po`` for each language; compiled when they are read.

A compiled catalogue beside the text of it would be a copy that can be stale, and nobody can read
the change of one. Reading the text takes less than a tenth of a second, once in a process.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

DOMAIN = "sphinx_annals"
FOLDER = Path(__file__).parents[1] / "locale"
LANGUAGES = ("de", "fr", "ru", "zh_CN", "zh_TW")
"""The languages that have a catalogue, by the names of their folders, which are Sphinx's."""


def path_of(name: str) -> Path:
    """Give the place of a catalogue."""
    return FOLDER / name / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def read_catalogue(name: str) -> gettext.NullTranslations:
    """Read the catalogue of one of :data:`LANGUAGES`."""
    from babel.messages.mofile import write_mo  # what is in English needs neither
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path_of(name).open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
