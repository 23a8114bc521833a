"""The language of a book: our words in it, and what CLDR knows of it. Pure."""

from sphinx_annals.language.catalogues import FOLDER, LANGUAGES, path_of
from sphinx_annals.language.language import (
    ENGLISH,
    MARKS,
    Language,
    fill,
    language_of,
    message,
    messages,
)
