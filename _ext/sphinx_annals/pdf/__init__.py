"""``typst_pdf``: a Sphinx builder that writes a book as PDF with no TeX.

``sphinx-build -b typstpdf`` joins all documents under a start document, translates them to
Typst (:class:`TypstTranslator`) and compiles that in-process with the ``typst`` wheel. Fonts
come from pip packages, never from the system, so every machine writes the same pages.

Other extensions give their nodes a visitor with ``app.add_node(Node, typst=(visit, depart))``.
A visitor gets the translator and the node, may raise :exc:`docutils.nodes.SkipNode`, and uses of
the translator ``append``, ``text``, ``render``, ``content``, ``open_block``, ``begin_block`` and
``end_block``, ``language``, ``target``, ``existing``, ``define``, ``serial``, ``docname`` and
``in_title``, as :class:`BaseTranslator` describes them. The anchors of the node come before what it
appends, or inside a block that it begins.

Classes that any node may carry: ``language-zh-Hans`` and the like set language and font;
on a reference ``page-aside`` adds " (p. 31)" when the target is on another page, ``with-page``
", p. 31"; ``page-ref`` prints the page alone, ``no-page`` never prints one.

Warnings have the type ``typst_pdf``; :class:`Subtype` says what there are.
"""

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals import extension
from sphinx_annals.authoring import watch_files

with extension.requiring(__name__, "pdf"):
    from sphinx_annals.pdf.builder import TypstBuilder, TypstPdfBuilder, read_again, watch
    from sphinx_annals.pdf.config import setup_config
    from sphinx_annals.pdf.latex import NumbersAsInSphinx, SvgToPdf


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its configuration."""
    extension.require_sphinx(app)
    extension.collect_rarely(app)
    watch_files(app)
    app.add_builder(TypstPdfBuilder)
    app.add_builder(TypstBuilder)
    app.add_post_transform(SvgToPdf)
    app.add_post_transform(NumbersAsInSphinx)
    app.connect("config-inited", _read_tabs_once)
    app.connect("builder-inited", watch)
    app.connect("env-get-outdated", read_again)
    setup_config(app)
    return extension.metadata()


def _read_tabs_once(_app: Sphinx, config: Config) -> None:
    """Have sphinx-tabs read tabs as for HTML.

    For builders that it does not know it reads each tab twice, and what one defines is then defined
    twice: links to it lead nowhere.
    """
    if (name := "sphinx_tabs_valid_builders") in config:
        config[name] = [*config[name], TypstPdfBuilder.name, TypstBuilder.name]
