"""What setting up an extension of this package takes: extras, static files, memory, metadata."""

import atexit
import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import ENUM, Config
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from sphinx_annals.fences.sphinx import keep_no_trees
from sphinx_annals.language import Language, language_of
from sphinx_annals.settings import add_setting
from sphinx_annals.version import __version__

EXTRAS = {
    "citations": ("pybtex", "sphinxcontrib.bibtex"),
    "exports": ("icalendar",),
    "networks": ("rustworkx",),
    "pdf": ("PIL", "typst"),
    "styles": ("typst",),
}
"""The extras of the package without which something cannot run, with the modules they bring."""


OLDEST_SPHINX = (9, 0)
"""Before it, builders know no registry of visitors."""

#: After how many new objects Python searches the young, the older and all for garbage.
_RARELY, _USUALLY = (12_000, 5, 3), gc.get_threshold()


def require_sphinx(app: Sphinx) -> None:
    """Refuse to load with a Sphinx that is too old; Sphinx says in one line which one is needed.

    Each extension asks before it loads another, whose refusal Sphinx would quote within its own.
    """
    app.require_sphinx(OLDEST_SPHINX)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package round it is missing
        return False


def require(extension: str, *extras: str) -> None:
    """Refuse to load an extension unless its extras are installed; say how to install them."""
    # the first that brings a module is named: others of them bring it too
    wanted = {module: extra for extra in reversed(extras) for module in EXTRAS[extra]}
    absent = {module: extra for module, extra in wanted.items() if not _is_installed(module)}
    if absent:
        needed = command(*dict.fromkeys(absent.values()))
        message = f"{extension} needs what is not installed ({', '.join(absent)}); run: {needed}"
        raise ExtensionError(message)


@contextmanager
def requiring(extension: str, *extras: str) -> Iterator[None]:
    """Import the modules of an extension; say which extra is missing where one cannot be."""
    try:
        yield
    except ModuleNotFoundError:
        require(extension, *extras)
        raise


def command(*extras: str) -> str:
    """Give the command that installs extras."""
    brought, every = ({m for e in of for m in EXTRAS.get(e, (e,))} for of in (extras, EXTRAS))
    names = "all" if brought == every else ",".join(sorted(extras))
    return f"pip install 'sphinx-annals[{names}]'"


def collect_rarely(app: Sphinx) -> None:
    """Search less for garbage, from the loading of an extension to the end of the build.

    A build makes some million objects that stay, and Python would look through all of them a
    dozen times, which takes a third of its time. But the trees of chapters that are done are
    rings, which nothing else frees: were it not to look at all, they would pile up.
    """
    gc.set_threshold(*_RARELY)

    def begin(app: Sphinx, *_: object) -> None:
        gc.set_threshold(*_RARELY)  # again, for a second build
        keep_no_trees(app.env)
        gc.freeze()  # what is loaded and set up stays to the end

    def end(*_: object) -> None:
        gc.unfreeze()
        gc.set_threshold(*_USUALLY)

    app.connect("env-before-read-docs", begin)
    app.connect("write-started", lambda *_: gc.freeze())  # and what was read
    app.connect("build-finished", end)
    # Python would look through all of it once more when it ends, and the system takes it anyway.
    atexit.register(gc.freeze)


@contextmanager
def collect_nothing() -> Iterator[None]:
    """Search for no garbage while the tree of a whole book is made into another.

    It is one tree, and none of it is garbage: to search it takes a tenth of the time of a PDF.
    Then it is set aside until the build ends: the next object would have all of it searched.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def add_static_folder(app: Sphinx, folder: Path) -> None:
    """Ship a folder with HTML output, before the project's own, so that those can replace it."""
    if hasattr(app, "add_static_dir"):  # Sphinx 9.1
        app.add_static_dir(folder)
        return

    # At config-inited the setting becomes the same in every build; later, each build would
    # find that the configuration has changed.
    def add(_app: Sphinx, config: Config) -> None:
        config.html_static_path = [str(folder), *config.html_static_path]

    app.connect("config-inited", add)


_SAID = re.compile(r"\bsay\(\"([^\"]+)\"")
"""Words of a script, which ``tools/make_words.py`` finds in the same way."""


def add_script(app: Sphinx, path: Path) -> None:
    """Load a script, deferred, with its words in the language of the project.

    Markup may hold no script of its own, so that they are an attribute, ``data-words``; without
    it a script speaks English.
    """
    words = _words_of(path, language_in_force(app.config))
    given: dict[str, Any] = {"data-words": json.dumps(words, ensure_ascii=False)} if words else {}
    app.add_js_file(path.name, loading_method="defer", **given)


@cache
def _words_of(path: Path, language: Language) -> dict[str, str]:
    # a view of another extension may name a script of its own
    said = _SAID.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
    told = {text: language.gettext(text) for text in said}
    if "{date} BC" in told and language.common_era:
        told["{date} BC"] = language.gettext("{date} BCE")
    return {text: words for text, words in told.items() if words != text}


def add_language(app: Sphinx) -> None:
    """Register what the words of all wings ask for beside Sphinx's ``language``."""
    if "dates_era" not in app.config:
        about = "How years before the year 1 are told: as `BC`, or with the common era as `BCE`."
        add_setting(app, "dates_era", "BC", "env", ENUM("BC", "BCE"), about)


def language_in_force(config: Config) -> Language:
    """Give the language in which a project prints our words."""
    return language_of(config.language, common_era=config.dates_era == "BCE")


def metadata(**stored: int) -> ExtensionMetadata:
    """Give what Sphinx wants to know; *stored* is ``env_version`` where something is stored."""
    return {
        "version": __version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
        **stored,  # type: ignore[typeddict-item]
    }
