"""From records to what readers see: which works are meant, how they are told apart and cited."""

from sphinx_annals.citations.build.writing.intext import (
    Writer,
    close_once,
    mark_headings,
    update_headings,
)
from sphinx_annals.citations.build.writing.resolution import Cited, Work
from sphinx_annals.citations.build.writing.sheets import SheetWriter
from sphinx_annals.citations.build.writing.stock import styled
