"""The Sphinx builder ``typstpdf``."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

import typst
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.locale import _, __
from sphinx.util import logging
from sphinx.util.console import bold
from sphinx.util.display import progress_message

from sphinx_annals.extension import collect_nothing, command
from sphinx_annals.fences.sphinx import count_warnings, fails_by_warnings, join_visitors
from sphinx_annals.language import ENGLISH, language_of
from sphinx_annals.messages import WriteError, warn
from sphinx_annals.pdf.config import OPTIONS, THEMES, Document, of_document, read_options
from sphinx_annals.pdf.design import TEMPLATES, put_design, words
from sphinx_annals.pdf.main_file import arguments, main_file
from sphinx_annals.pdf.markup import clean
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.state import State, digests
from sphinx_annals.pdf.translator import TypstTranslator
from sphinx_annals.pdf.typesetting import (
    DEFAULT_FONTS,
    SOURCE_MARK,
    CompileError,
    FormError,
    Glyphs,
    Plain,
    UnreadableImageError,
    as_printed,
    compile_pdf,
    ended,
    finished,
    load_fonts,
    missing_families,
    named,
    package_versions,
    side_of_begin,
    svg_fonts,
    try_images,
    without_alternatives,
    without_html,
    without_marks,
)
from sphinx_annals.pdf.volume import VolumeBuilder
from sphinx_annals.text import OF_DISKS, did_you_mean, replace_file, write_if_changed

TEMPLATE_FOLDER = "template"
#: What this package says in files of these kinds makes a PDF another one.
_CODE = frozenset({".po", ".py", ".toml", ".typ"})

logger = logging.getLogger(__name__)


class TypstPdfBuilder(VolumeBuilder):
    """Writes each of ``typst_documents`` as one PDF, and its Typst source beside it."""

    name = "typstpdf"
    format = "typst"
    suffix = ".pdf"
    epilog = __("The PDF is in %(outdir)s.")
    default_translator_class: ClassVar[type[nodes.NodeVisitor]] = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [
        *(f"image/{kind}" for kind in ("svg+xml", "png", "jpeg", "webp", "gif")),
        "application/pdf",
    ]

    strict = False
    """Whether a warning makes a build fail, as with ``-W``."""

    count_warnings: Callable[[], int] = int
    """Gives how many warnings this build has given so far."""

    def init(self) -> None:
        """Read the options and look for the template and the fonts."""
        join_visitors(self)
        self.imagedir = "images"
        self.options = read_options(self.config)
        self.made = _time_of_making()
        self.fonts = self._load_fonts()
        self.glyphs = Glyphs(self.fonts)

        self.books = [(book, of_document(self.options, book)) for book in self.options["documents"]]
        self.templates = {book.target: self._find_template(options) for book, options in self.books}

    def _find_template(self, options: dict[str, Any]) -> Path:
        """Give the file with the design: the project's own, that of its theme, or a built-in."""
        theme = options["theme"]
        own, folder = Path(self.confdir, options["template"]), Path(self.confdir, theme)
        if os.path.isfile(own):  # which, unlike Path, answers for a name that no disk can hold
            return own
        if options["template"]:
            message = f"typst_template: there is no file {own}, the built-in design is used"
            warn(Subtype.CONFIG, message)
        if theme not in THEMES and os.path.isfile(folder / "theme.typ"):
            return folder / "theme.typ"
        if theme not in THEMES:
            message = f"typst_theme: {theme!r} is none of {', '.join(THEMES)}, and no folder with"
            warn(Subtype.CONFIG, f"{message} a theme.typ; {THEMES[0]} is used")
            theme = THEMES[0]
        return TEMPLATES / f"{theme}.typ"

    def _put_design(self, target: str) -> list[str]:
        """Put the design of a book where Typst finds it; give the lines that import it.

        Each book has a folder of its own, since two themes may have files of one name.
        """
        tag = self.options["language"] or self.config.language
        language = language_of(tag)

        def translated(word: str) -> str:
            return _(word) if language is ENGLISH else language.gettext(word)

        folder = Path(self.outdir) / TEMPLATE_FOLDER / target
        begin = side_of_begin(tag)
        frame = words(translated, begin, self.options["fonts"]["sans"])
        return put_design(self.templates[target], folder, frame, self.fonts)

    def _copy_additional_files(self) -> None:
        """Put the files that a project wants there beside the PDFs."""
        for name in self.options["additional_files"]:
            source = Path(self.confdir, name)
            try:
                shutil.copyfile(source, Path(self.outdir) / source.name)
            except OSError as exc:
                warn(Subtype.CONFIG, f"typst_additional_files: cannot copy {source}: {exc}")

    def _load_fonts(self) -> typst.Fonts:
        folders = [Path(self.confdir, folder) for folder in self.options["font_paths"]]
        for folder in folders:
            if not folder.is_dir():
                warn(Subtype.FONT, f"typst_font_paths: the folder {folder} does not exist")
        loaded = load_fonts(self.options["font_packages"], folders)
        fonts = self.options["fonts"]
        missing = missing_families(fonts, loaded.families())
        for family, roles in missing.items():
            what = f"the font {family!r} ({', '.join(roles)}) is not installed"
            remedy = (
                "name an installed family in typst_fonts, or add its folder to typst_font_paths"
            )
            if any(family in families for families in DEFAULT_FONTS.values()):
                remedy = f"run {command('pdf')}, or name another font in typst_fonts"
            warn(Subtype.FONT, f"{what}: {remedy}")
        # Typst would warn of each of them again.
        for role, families in fonts.items():
            fonts[role] = [name for name in families if name not in missing]
        return loaded

    # What is out of date

    def get_outdated_docs(self) -> str | list[str]:
        """Everything, if anything differs from what the PDFs were made of, or from them."""
        state, names = State.read(Path(self.outdir)), self._outputs()
        made = digests(Path(self.outdir), names)
        is_good = made.keys() == {*names} and made == state.files
        is_good = is_good and state.made_of == self._fingerprint()
        return [] if is_good and not (state.warned and self.strict) else "the book"

    def _outputs(self) -> list[str]:
        suffixes = dict.fromkeys((".typ", self.suffix))
        return [f"{book.target}{suffix}" for book, _ in self.books for suffix in suffixes]

    def _fingerprint(self) -> str:
        """Give a digest of all that goes into the PDFs."""
        # Other settings of Sphinx that are printed have all documents read again.
        names = sorted(["copyright", "html_baseurl", *OPTIONS])
        values = {name: repr(self.config[name]) for name in names}
        code = hashlib.sha256()
        for path in sorted({*self.templates.values(), *self._own_files()}):
            code.update(path.read_bytes())
        # Of the whole house, since the nodes of the other wings bring their visitors.
        for path in sorted(Path(__file__).parents[1].rglob("*")):
            if path.suffix in _CODE:
                code.update(path.read_bytes())
        # Sphinx notes when it has read a document, as it does again when an image has changed.
        versions = package_versions(["typst", *self.options["font_packages"]])
        parts = [values, code.hexdigest(), self.env.all_docs, versions]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _own_files(self) -> set[Path]:
        """Give the files that settings name, and those of the folders of themes."""
        names = [*self.options["additional_files"], *(options["logo"] for _, options in self.books)]
        files = {Path(self.confdir, name) for name in names if name}
        for template in self.templates.values():
            if template.name == "theme.typ":
                files.update(template.parent.rglob("*"))
        return {path for path in files if os.path.isfile(path)}

    # Writing

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Note what the books are made of, before transforms draw images of their own."""
        self.made_of = self._fingerprint()

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write every book, whatever part of it has changed."""
        try:
            self._write_books()
        except OSError as exc:
            # where a file cannot take the place of what stands there, that is named second
            where = Path(exc.filename2 or exc.filename or self.outdir)
            own = any(where.is_relative_to(folder) for folder in (self.outdir, self.doctreedir))
            if exc.errno in OF_DISKS or (exc.filename and own):
                kept = "the last good files are kept"
                raise WriteError.of(where, exc.strerror, kept) from exc
            raise ReadError(f"{type(exc).__name__}: {exc}; the last good files are kept") from exc

    def _write_books(self) -> None:
        folder, known = Path(self.outdir), State.read(Path(self.outdir))
        # If this build ends here, the next one must neither take it for done nor forget to warn.
        State("", known.files, known.warned or self.count_warnings() > 0).write(folder)
        self._copy_additional_files()
        with collect_nothing():
            for book, options in self.books:
                if self._is_known(book.start, "typst_documents"):
                    self._write_book(book, options)
        warned = self.count_warnings() > 0
        files = digests(folder, self._outputs())
        if warned and self.strict:
            State("", known.files | files, warned).write(folder)
            return
        # of books that have another name now
        for name in known.remove_others(folder, self.templates):
            shutil.rmtree(folder / TEMPLATE_FOLDER / name, ignore_errors=True)
        State(self.made_of, files, warned).write(folder)

    def _replace(self, target: Path, data: bytes) -> None:
        """Replace a file by a good one: under ``-W``, by one that nothing was said of."""
        if self.strict and self.count_warnings():
            kept = "the last good one is kept" if target.is_file() else "there is none"
            message = (
                f"{target.name} is not written, since there are warnings, and -W is on: {kept}"
            )
            logger.info(bold(message))
        else:
            replace_file(target, data)

    def _is_known(self, docname: str, setting: str) -> bool:
        known = docname in self.env.all_docs
        if not known:
            message = f"{setting} names the unknown document {docname!r}"
            warn(Subtype.CONFIG, message + did_you_mean(docname, self.env.all_docs))
        return known

    def _write_book(self, book: Document, options: dict[str, Any]) -> None:
        self.images, self.options = {}, options
        target = book.target
        with progress_message(__("assembling %s") % target):
            appendices = [d for d in options["appendices"] if self._is_known(d, "typst_appendices")]
            tree = self.assemble(book.start, toctree_only=book.toctree_only, appendices=appendices)
        logo = self._note_logo()
        self._copy_images()
        if reason := self.unreadable.get(logo):
            warn(Subtype.CONFIG, f"typst_logo: {logo} cannot be printed ({reason})")
        with progress_message(__("translating %s") % target):
            translator = cast("TypstTranslator", self.create_translator(tree, self, self.options))
            tree.walkabout(translator)
            titles = [book.title, *(found.astext() for found in tree.findall(nodes.title))]
            names = (clean(name).strip() for name in (*titles, self.config.project, target))
            drawn = self.images.get(logo)
            known: dict[str, object] = {
                "title": next(filter(None, names)),
                "authors": [book.author] if book.author else [],
                "logo": f"/{self.imagedir}/{drawn}" if drawn else None,
                "parts": translator.in_part,
            }
            told = arguments(self.config, self.options, self.made, **known)
            design = self._put_design(target)
            definitions, text = translator.book()
            preamble = ended(self.options["preamble"])
            definitions += [f"{SOURCE_MARK}typst_preamble", preamble, SOURCE_MARK]
            source = Path(self.outdir) / f"{target}.typ"
            made = main_file(design, definitions, told, text).encode()
        self.finish_book(source, made, translator.plain)

    def _note_logo(self) -> str:
        """Give the logo, which is copied as the other images are, if there is one."""
        name = self.options["logo"]
        if not name:
            return ""
        path = Path(self.confdir, name)
        if not os.path.isfile(path):
            warn(Subtype.CONFIG, f"typst_logo: there is no file {path}, the title page has none")
            return ""
        self.images[str(path)] = f"logo{path.suffix}"
        return str(path)

    def finish_book(self, source: Path, made: bytes, plain: Sequence[Plain]) -> None:
        """Make the PDF of a source; *plain* is what may stand for its blocks."""
        replace_file(source, made)
        with progress_message(__("compiling %s.pdf") % source.stem):
            self._compile(source, plain)

    def _compile(self, source: Path, plain: Sequence[Plain]) -> None:
        target = source.with_suffix(".pdf")
        absent = self.glyphs.missing(without_alternatives(source.read_text(encoding="utf-8")))
        standards, seconds = self.options["pdf_standard"], int(self.made.timestamp())
        packages = self.options["font_packages"]
        try:
            data, places, notes = compile_pdf(
                source, self.fonts, standards, seconds, absent, plain, packages
            )
            made = finished(data, standards, self.options["bleed"], places, _("page"))
        except CompileError as exc:
            kept = f"; the last good {target.name} is kept" if target.is_file() else ""
            place = f"{self._source_place(exc.location)}: " if exc.location else ""
            raise CompileError(f"{place}{exc}{kept}") from exc
        except FormError as exc:
            remedy = f"run {command('pdf')}, which brings the Typst that is known"
            raise CompileError(f"{exc}; {remedy}") from exc
        for subtype, message, where in notes:
            warn(subtype, message, where and self._source_place(where))
        self._replace(target, made)

    def _source_place(self, location: str) -> str:
        docname, _, line = location.rpartition(":")
        if docname not in self.env.all_docs:
            return location
        return f"{self.env.doc2path(docname)}:{line}"

    def _copy_images(self) -> None:
        """Copy the images of a book as they are printed; those that cannot be read are noted."""
        self.unreadable, self.undrawn, self.without_html = {}, {}, set()
        known: dict[str, tuple[str, bytes, list[str]]] = {}
        for name, target in list(self.images.items()):
            try:
                known[name] = self._printed_image(name, target)
            except UnreadableImageError as exc:
                self.unreadable[name] = str(exc)
        # Most can be read: it takes a third of the time to try all at once.
        with suppress(UnreadableImageError):
            self._put_images({image: data for image, data, _ in known.values()})
        for name, (image, data, missing) in known.items():
            try:
                if said := self._put_legible(image, data, missing):
                    self.undrawn[name] = said
                self.images[name] = image
            except UnreadableImageError as exc:
                self.unreadable[name] = str(exc)
        for name in self.unreadable:
            del self.images[name]

    def _printed_image(self, name: str, target: str) -> tuple[str, bytes, list[str]]:
        """Give what an image is called beside the book, its data, and the characters it lacks."""
        try:
            given = Path(self.srcdir, name).read_bytes()
        except OSError as exc:
            raise UnreadableImageError(str(exc.strerror)) from exc
        data, suffix = as_printed(given)
        image = target if target.endswith(suffix) else target + suffix
        if suffix != ".svg":
            return image, data, []
        svg, lost = without_html(data)
        if lost:
            self.without_html.add(name)
        return image, *self._legible(svg)

    def _legible(self, svg: str) -> tuple[bytes, list[str]]:
        svg, missing = self.glyphs.legible(svg_fonts(svg, self.options["fonts"]))
        return svg.encode(), missing

    def put_drawing(self, name: str, svg: str) -> str:
        """Write a drawing, and give the characters that it is printed without."""
        return self._put_legible(name, *self._legible(svg))

    def _put_legible(self, name: str, data: bytes, missing: list[str]) -> str:
        try:
            self._put_images({name: data})
        except UnreadableImageError:
            # Of a letter with its mark in one glyph a drawing does not say what characters it is.
            svg, marks = without_marks(data.decode()) if name.endswith(".svg") else ("", [])
            if not marks:
                raise
            self._put_images({name: svg.encode()})
            missing = missing + marks
        return named(missing)

    def _put_images(self, images: Mapping[str, bytes]) -> None:
        """Write images, or none if one of them cannot be read."""
        folder = Path(self.outdir, self.imagedir)
        new = [name for name, data in images.items() if write_if_changed(folder / name, data)]
        if new:  # the others were tried before
            try:
                try_images(folder, new, self.fonts, self.options["pdf_standard"])
            except UnreadableImageError:
                for name in new:
                    (folder / name).unlink()
                raise


class TypstBuilder(TypstPdfBuilder):
    """Writes the Typst source of each of ``typst_documents`` alone, for who compiles it himself."""

    name = "typst"
    suffix = ".typ"
    epilog = __("The Typst source is in %(outdir)s.")

    def finish_book(self, source: Path, made: bytes, plain: Sequence[Plain]) -> None:
        """Leave it at the source."""
        self._replace(source, made)


class ReadError(SphinxError):
    """What an extension asked of a file or of the network, and did not get; ``-T`` says who."""

    category = "An extension, or a lexer, failed"


def watch(app: Sphinx) -> None:
    """Let the builder know how strict a build is, and how often it has warned."""
    if isinstance(app.builder, TypstPdfBuilder):
        app.builder.strict = fails_by_warnings(app)
        app.builder.count_warnings = partial(count_warnings, app)


def read_again(app: Sphinx, env: BuildEnvironment, *_changes: object) -> list[str]:
    """Have all documents read, if one has warned in the last build and none may in this."""
    builder = app.builder
    if not (isinstance(builder, TypstPdfBuilder) and builder.strict):
        return []
    return sorted(env.found_docs) if State.read(Path(app.outdir)).warned else []


def _time_of_making() -> datetime:
    """Give SOURCE_DATE_EPOCH, so that the same sources give the same bytes, or today's start."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), tz=UTC)
    except (KeyError, ValueError):
        return datetime.now(tz=UTC).replace(hour=0, minute=0, second=0, microsecond=0)
