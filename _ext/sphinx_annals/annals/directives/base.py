"""What all directives of the domain share: options, ids, sources and the body."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from docutils import nodes
from docutils.languages import get_language
from docutils.nodes import Node
from docutils.parsers.rst import directives, roles
from docutils.utils import new_document
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.doctree import held, is_live, marked, may_be_marked, substituted, works_in
from sphinx_annals.annals.domain import AnnalsDomain, domain_of, works_of
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import DocumentNotes, Field, Record, read_as_meant
from sphinx_annals.authoring import Untouched, WrittenDirective
from sphinx_annals.fences.sphinx import curly, translation, translation_of
from sphinx_annals.interfaces import IN_PLACE
from sphinx_annals.messages import warn
from sphinx_annals.text import Citation, each_work, meant_or_all, mended

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Option:
    """An option that no field of a record is: what there is to know of it is named as there."""

    convert: Callable[..., Any]
    help: str
    subtype: Subtype = Subtype.OPTION
    about: str = ""
    usual: bool = False
    attribute: str = ""
    mended: Callable[[str], str] = mended
    given: ClassVar[str] = ""


Options = Mapping[str, Option | Field]
"""What an author may write, by name."""


def named(**options: Option) -> Options:
    """Declare options by the attributes that they fill: ``derives_from`` is ``derives-from``."""
    return {name.replace("_", "-"): replace(o, attribute=name) for name, o in options.items()}


class AnnalsDirective(WrittenDirective):
    """A directive whose options are declared in ``declared`` and converted one by one."""

    slip = Subtype.OPTION
    declared: ClassVar[Options] = {}
    is_misread = False
    """Whether an option that says something could not be read as it is."""

    def __init_subclass__(cls) -> None:
        """Derive what docutils and MyST read from what is declared."""
        cls.option_spec = Untouched(dict.fromkeys(cls.declared, directives.unchanged))

    def option_names(self) -> Collection[str]:
        """Give the options of the schema in force."""
        return self.known_options()

    @property
    def domain(self) -> AnnalsDomain:
        """The domain that keeps the records."""
        return domain_of(self.env)

    @property
    def notes(self) -> DocumentNotes:
        """What this document has stated so far."""
        return self.domain.notes(self.env.current_document.docname)

    def kept(self, name: str, begin: _T) -> _T:
        """Give what directives keep under a name while a document is read; the first begins it."""
        found: _T = self.env.current_document.setdefault(f"annals:{name}", begin)  # type: ignore[assignment]
        return found

    @property
    def place(self) -> dict[str, Any]:
        """Where this stands, as records keep it: document, line, and the file if included."""
        source, line = self.get_source_info()
        files: dict[str, str] = self.kept("files", {})
        if source not in files:
            files[source] = self._included(source)
        docname = self.env.current_document.docname
        return {"docname": docname, "line": line or self.lineno, "file": files[source]}

    def _included(self, source: str) -> str:
        """Give the file as which the document includes a source, nothing for its own."""
        path = Path(source or "")
        if not source or path == self.env.doc2path(self.env.current_document.docname):
            return ""
        inside = path.is_relative_to(self.env.srcdir)
        return (path.relative_to(self.env.srcdir) if inside else path).as_posix()

    @property
    def argument(self) -> str:
        """The argument on one line."""
        return " ".join(self.arguments[0].split()) if self.arguments else ""

    def warn(self, subtype: Subtype, message: str) -> None:
        """Warn at the directive, naming it."""
        warn(subtype, f"{self.name.split(':')[-1]}: {message}", self.get_location())

    def read_options(self) -> dict[str, Any]:
        """Give the converted options by field; one that cannot be read is warned of and left."""
        found: dict[str, Any] = {}
        known = self.known_options()
        # what another option says how to read is read after it
        names = sorted(self.options, key=lambda name: name in known and known[name].given != "")
        for name in names:
            option, text = known.get(name), self.options[name]
            if option is None:
                self.is_misread = True
                hint = meant_or_all(name, known, form=":{}:")
                self.warn(Subtype.OPTION, f"unknown option :{name}:{hint}")
                meant = name.casefold()
                if meant in known and meant not in self.options:
                    with suppress(ValueError):
                        found[known[meant].attribute] = known[meant].convert(text)
                continue
            given = [found[option.given]] if option.given in found else []
            # what is meant is taken where it is plain, so that nothing else is amiss for it
            try:
                found[option.attribute], meant = read_as_meant(option, text, *given)
                said = "" if meant == text else f"{text!r} is written: {meant}"
            except ValueError as error:
                said = str(error)
            if said:
                self.is_misread |= not isinstance(option, Field) or option.stands != "nowhere"
                self.warn(Subtype(option.subtype), f":{name}: {said}")
        return found

    def known_options(self) -> Options:
        """Give the options that an author may write; those of a project may be among them."""
        return self.declared

    @cached_property
    def held(self) -> list[Node]:
        """What its texts cite and refer to, for its node to hold until they are shown."""
        return []

    @property
    def quotes(self) -> str:
        """The language whose quotation marks texts get, where the project wants them curly.

        The transform that does it to prose does not see names, titles and remarks: they become
        nodes after it has run.
        """
        language = self.config.language
        excluded = self.config.smartquotes_excludes["languages"]
        return "" if not self.config.smartquotes or language in excluded else language

    @cached_property
    def texts(self) -> list[str]:
        """What translators are to have of its options, for its node to tell."""
        return []

    def translated(self, text: str) -> str:
        """Give what translators have for a text, which is :attr:`texts`' from now on."""
        if text and text not in self.texts:
            self.texts.append(text)
        return translation_of(text, self.env)

    def parse_shown(self, text: str, written: str) -> tuple[list[Node], list[Node]]:
        """Parse inline markup that may be the translation of what is written, of which warnings
        then tell; give the messages beside the nodes.
        """
        place = "" if text == written else self.get_location()
        with translation(self.state.document, place):
            parsed, messages = self.parse_inline(text, lineno=self.lineno)
        return parsed, [*messages]

    def parse_marked(self, text: str, written: str) -> tuple[list[Node], list[Node]]:
        """Parse inline markup as :meth:`parse_shown` does, and put in what is substituted."""
        parsed, messages = self.parse_shown(text, written)
        return substituted(parsed, self.state.document), messages

    def inline(self, text: str, key: str, language: str = "", *, is_name: bool = False) -> str:
        """Read a text that may have inline markup; *key* names it among those of the directive.

        What is in a *language* of its own keeps its quotation marks. All but names, by which
        accounts are read, are :meth:`translated`. What it cites and refers to is :attr:`held`.
        """
        written, text = text, text if is_name else self.translated(text)
        quotes = "" if language else self.quotes
        if not may_be_marked(text):
            return curly(text, quotes)
        parsed, _ = self.parse_marked(text, written)
        if not is_live(parsed):
            return marked(parsed, quotes) or text
        for node in (n for child in parsed for n in child.findall(nodes.Element)):
            node[IN_PLACE] = True
        self.held.append(held("", "", *parsed, key=key))
        return marked(parsed, quotes, key, alone=self.works_in(parsed) or text)

    def plain(self, text: str) -> str:
        """Give a text, as it is written and not translated, without its markup."""
        if not may_be_marked(text):
            return text
        parsed = self.parse_inline(text, lineno=self.lineno)[0]
        return str(marked(parsed)) or self.works_in(parsed) or text

    def works_in(self, parsed: Iterable[Node]) -> str:
        """Name the works that nodes cite, for what shows no citations."""
        return works_in(parsed, works_of(self.env), self.domain.language.mark(", "))

    @contextmanager
    def inside(self, record: Record) -> Iterator[None]:
        """Let nested directives know what they stand in."""
        around = self.around
        self.env.ref_context["annals:around"] = (*around, record)
        try:
            yield
        finally:
            self.env.ref_context["annals:around"] = around

    @property
    def around(self) -> tuple[Record, ...]:
        """The objects that this stands in, the outermost first."""
        around: tuple[Record, ...] = self.env.ref_context.get("annals:around", ())
        return around

    def cite(self, *citations: Citation) -> list[Node]:
        """Give citations made by the role of whichever extension does citing, as it reads them:
        sphinxcontrib-bibtex has no patience with a comma too many.
        """
        text = ", ".join(map(str, citations))
        name = self.config.annals_cite_role
        role = citing_role(self.env, name)
        if role is None:
            return [nodes.inline(text, text, classes=["annals-source"])]
        if not self.domain.cites_works:
            # sphinxcontrib-bibtex alone knows no `via` either: both works, one after the other
            text = ", ".join(str(replace(work, via=None)) for work in each_work(citations))
            # what begins with ! is no reference to Sphinx, and then its role fails
            text = f" {text}" if text.startswith("!") else text
        found, messages = role(
            name, f":{name}:`{text}`", text, self.lineno, self.state.inliner, {}, []
        )
        for node in (node for node in found if isinstance(node, nodes.Element)):
            # among facts and accounts a note mark would say nothing
            node[IN_PLACE] = True
        return [*found, *messages]


def citing_role(env: BuildEnvironment, name: str) -> Any:
    """Give the role that turns text into citations, or None if the project has none."""
    prefix, _, own = name.rpartition(":")
    if prefix:
        return env.domains[prefix].role(own) if prefix in env.domains else None
    return roles.role(name, get_language("en"), 0, new_document("").reporter)[0]
