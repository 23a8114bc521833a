"""Cards: over a link stands what it leads to, on hover, on focus and at a first tap.

Whoever knows objects answers the event :data:`~sphinx_annals.interfaces.CARDS`; terms of glossaries
are found here. All cards of a build are in one script, which a page loads when one is first wanted:
no page is heavier or older for them, and they need no server. Without a script links are links.
"""

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals import extension
from sphinx_annals.builders import write_output
from sphinx_annals.cards.glossary import terms
from sphinx_annals.interfaces import CARDS, CITED_AS, Card
from sphinx_annals.settings import add_setting

STATIC = Path(__file__).parent / "static"
SHOWN, CITED = "cards-shown.js", "cards-cited.js"
"""What each card shows, and how what it shows is cited, which few ask for."""
Pages = dict[str, dict[str, Any]]
"""What is known of each page by anchor; the page's title by an anchor that is none."""


def shows_cards(app: Sphinx) -> bool:
    """Tell whether a build writes pages that can run a script, and the project wants cards."""
    builder = app.builder
    pages = isinstance(builder, StandaloneHTMLBuilder) and builder.out_suffix == ".html"
    return pages and app.config.link_cards


def _add_files(app: Sphinx) -> None:
    if shows_cards(app):
        app.add_css_file("cards.css")
        extension.add_script(app, STATIC / "cards.js")


def _keep_from_epubs(_app: Sphinx, config: Config) -> None:
    # for all builders alike, or the next would find that the configuration has changed
    config.epub_exclude_files = [*config.epub_exclude_files, "_static/cards.css"]


def _write(app: Sphinx, error: Exception | None) -> None:
    """Write the cards of a build (``build-finished``), or take away those of another."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static")
    if not shows_cards(app):
        for name in (SHOWN, CITED):
            (folder / name).unlink(missing_ok=True)
        return
    asked = (*app.emit(CARDS), terms(app.builder))
    shown, cited = _pages(app, chain.from_iterable(asked))
    for name, pages in ((SHOWN, shown), (CITED, cited)):
        text = json.dumps(pages, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        write_output(folder / name, f'linkCards["{name}"] = {text};\n')


def _pages(app: Sphinx, cards: Iterable[Card]) -> tuple[Pages, Pages]:
    shown: Pages = {}
    cited: Pages = {}
    pages: dict[str, str] = {}
    cite = app.emit_firstresult(CITED_AS)
    for card in cards:
        if card.docname not in pages:
            page = pages[card.docname] = page_address(app.builder, card.docname)
            shown.setdefault(page, {"": app.env.titles[card.docname].astext()})
        page = pages[card.docname]
        here = shown[page]
        forms = list(cite(card)) if cite and card.address else []
        # one that is asked for first comes before others of the same anchor
        content = card.kind, card.name, card.about, card.html, *([1] if forms else [])
        if here.setdefault(card.anchor, content) is content and forms:
            cited.setdefault(page, {})[card.anchor] = forms
    return shown, cited


def page_address(builder: Any, docname: str) -> str:
    """Give the address of a page from the root of the output, as files are named there."""
    if isinstance(builder, SingleFileHTMLBuilder):
        return f"{builder.config.root_doc}{builder.link_suffix}"
    address = str(builder.get_target_uri(docname))
    # some builders of Sphinx quote it and others do not
    is_bare = address.startswith(docname.removesuffix("index"))
    return address if is_bare else unquote(address)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the events, the setting, and what goes into the output."""
    app.add_event(CARDS)
    app.add_event(CITED_AS)
    extension.add_language(app)
    about = "Show what a link leads to over it, on hover, focus and tap."
    add_setting(app, "link_cards", True, "html", bool, about)
    extension.add_static_folder(app, STATIC)
    app.connect("config-inited", _keep_from_epubs)
    app.connect("builder-inited", _add_files)
    app.connect("build-finished", _write, priority=600)  # when all texts have been kept
    return extension.metadata()
