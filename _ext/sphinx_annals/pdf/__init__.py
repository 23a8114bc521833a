"""``typst_pdf``: a Sphinx builder that writes a book as PDF with no TeX.

``sphinx-build -b typstpdf`` joins all documents under a start document, translates them to
Typst (:class:`TypstTranslator`) and compiles that in-process with the ``typst`` wheel. Fonts
come from pip packages, never from the system, so every machine writes the same pages.

Other extensions give their nodes a visitor with ``app.add_node(Node, typst=(visit, depart))``.
A visitor gets the translator and the node, may raise :exc:`docutils.nodes.SkipNode`, and
uses:

``append(markup)``, ``text(text)``
    Add raw Typst markup, or text that is printed literally.
``render(*children)``
    Translate nodes and return the markup instead of adding it.
``anchors(node)``
    Markup that defines a label for each id of the node, to be appended by the visitor.
``open_block(node)``
    Start a block: blank line, place for error messages, waiting anchors.
``begin_block(function, node)`` and ``end_block()``
    A block inside a function of the template, anchors included: ``begin_block("ruled", node)``
    sets it off with a thin line at the left, and ``ruled-title`` is a heading for it.
``language(tag)``
    The name of a function that sets text in a language.
``target(docname, id)``
    The label of an id, for ``#link(…)`` and ``#page-of(…)``.
``existing(docname, id)``
    Whether an id stands in the book.
``define(name, code)``
    Typst definitions that the visitor's markup needs, put before the text once.
``docname``, ``in_title``
    The document that the node was written in; whether a heading or caption is being written.

Classes that any node may carry: ``language-zh-Hans`` and the like set language and font;
on a reference ``page-aside`` adds " (p. 31)" when the target is on another page, ``with-page``
", p. 31"; ``page-ref`` prints the page alone, ``no-page`` never prints one.

Warnings have the type ``typst_pdf``; :class:`Subtype` says what there are.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals import extension

with extension.requiring(__name__, "pdf"):
    from sphinx_annals.pdf.backindex import BackIndex
    from sphinx_annals.pdf.builder import TypstPdfBuilder
    from sphinx_annals.pdf.compiling import CompileError, compile_pdf, source_location
    from sphinx_annals.pdf.config import OPTIONS, length, paper, setup_config
    from sphinx_annals.pdf.fonts import (
        DEFAULT_FONTS,
        DEFAULT_PACKAGES,
        families_for,
        load_fonts,
        missing_families,
        remedy,
        svg_fonts,
        typst_language,
    )
    from sphinx_annals.pdf.glyphs import Glyphs, named, pattern
    from sphinx_annals.pdf.markup import array, clean, escape, safe_uri, size, string, value
    from sphinx_annals.pdf.messages import Subtype
    from sphinx_annals.pdf.svg import SvgToPdf
    from sphinx_annals.pdf.translator import TypstTranslator


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its configuration."""
    app.add_builder(TypstPdfBuilder)
    app.add_post_transform(SvgToPdf)
    setup_config(app)
    return extension.metadata()
