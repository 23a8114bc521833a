"""The compiler: its fonts, what it refuses and what becomes of that, what a PDF gets after it."""

from sphinx_annals.pdf.typesetting.compiling import CompileError, compile_pdf, without_alternatives
from sphinx_annals.pdf.typesetting.finishing import finished
from sphinx_annals.pdf.typesetting.fonts import (
    DEFAULT_FONTS,
    DEFAULT_PACKAGES,
    SUFFIXES,
    compiler,
    families_for,
    load_fonts,
    missing_families,
    package_folders,
    package_versions,
    side_of_begin,
    svg_fonts,
    typst_language,
)
from sphinx_annals.pdf.typesetting.glyphs import (
    Glyphs,
    characters,
    named,
    pattern,
    remedy,
    without_marks,
)
from sphinx_annals.pdf.typesetting.mending import (
    BLOCK_END,
    BLOCK_MARK,
    SOURCE_MARK,
    Plain,
    ended,
    mend,
    raw,
    source_location,
)
from sphinx_annals.pdf.typesetting.objects import FormError
from sphinx_annals.pdf.typesetting.pictures import (
    UnreadableImageError,
    as_printed,
    try_images,
    without_html,
)
from sphinx_annals.pdf.typesetting.places import Place, guessed, lay_out, told_folder
