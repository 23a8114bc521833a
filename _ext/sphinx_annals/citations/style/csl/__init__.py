"""Any CSL style beside the house's own, set by Typst. Pure."""

from sphinx_annals.citations.style.csl.sheets import NAMES, Sheet, SheetError, find
from sphinx_annals.citations.style.csl.typeset import (
    Form,
    Request,
    Typeset,
    forms,
    located,
    typeset,
)
from sphinx_annals.citations.style.csl.works import is_described
