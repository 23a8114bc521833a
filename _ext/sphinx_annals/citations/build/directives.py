"""The directive `bibliography`: what it shows is recorded, a placeholder marks the place."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.loading import default_style, list_styles
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.nodes import bibliography_placeholder
from sphinx_annals.citations.build.uses import BibList
from sphinx_annals.citations.style import (
    KEYWORDS,
    SCHEMES,
    FilterError,
    Group,
    GroupError,
    compile_filter,
    scheme,
)
from sphinx_annals.messages import warn
from sphinx_annals.text import did_you_mean

FLAGS = ("all", "notcited", "cited")
TEXTS = "filter style list enumtype labelprefix keyprefix cited-in group"
LISTS = ("citation", "bullet", "enumerated")
ENUMTYPES = ("arabic", "loweralpha", "upperalpha", "lowerroman", "upperroman")


def start(argument: str | None) -> int:
    """Read `start`: a positive number or `continue`, which is -1."""
    if argument and argument.strip() == "continue":
        return -1
    return int(directives.positive_int(argument or ""))


class Bibliography(SphinxDirective):
    """Lists works: those cited, or those that a filter, an option or its content names."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        **dict.fromkeys(FLAGS, directives.flag),
        **dict.fromkeys(TEXTS.split(), directives.unchanged),
        "start": start,
    }

    def run(self) -> list[nodes.Node]:
        """Record the list and leave a placeholder."""
        self.domain = domain_of(self.env)
        docname = self.env.current_document.docname
        identity = self._identity(docname)
        item = BibList(
            docname,
            identity,
            self.lineno,
            filter=self._filter(),
            keys=tuple(line.strip() for line in self.content if line.strip()),
            files=tuple(self._files()),
            style=self._style(),
            list=self._choice("list", LISTS),
            enumtype=self._choice("enumtype", ENUMTYPES),
            start=self.options.get("start", 1),
            labelprefix=self.options.get("labelprefix", ""),
            keyprefix=self.options.get("keyprefix", ""),
            cited_in=self._flag("cited-in", default=self.config.citations_cited_in),
            groups=self._groups(),
            by_keyword=self.options.get("group") == KEYWORDS,
        )
        self.domain.lists.setdefault(docname, []).append(item)
        node = bibliography_placeholder("", ids=[identity], docname=docname)
        self.set_source_info(node)
        header = self.config.bibtex_bibliography_header
        heading: list[nodes.Node] = self.parse_text_to_nodes(header) if header else []
        return [*heading, node]

    def _identity(self, docname: str) -> str:
        taken = [item.id for item in self.domain.lists.get(docname, ())]
        count = len(taken) + 1
        usual = f"bibliography-list-{count}"
        template = self.config.bibtex_bibliography_id or usual
        identity = nodes.make_id(template.format(bibliography_count=count))
        return identity if identity and identity not in taken else usual

    def _warn(self, message: str, subtype: Subtype = Subtype.OPTION) -> None:
        warn(subtype, message, self.get_location())

    def _choice(self, option: str, allowed: Sequence[str]) -> str:
        value = str(self.options.get(option, allowed[0]))
        if value in allowed:
            return value
        hint = did_you_mean(value, allowed)
        self._warn(f"{option}: {value!r} is none of {', '.join(allowed)}{hint}")
        return allowed[0]

    def _flag(self, option: str, *, default: Any) -> bool:
        value = str(self.options.get(option, default)).strip().lower()
        if value in ("", "true", "yes", "on", "1"):
            return True
        if value not in ("false", "no", "off", "0"):
            self._warn(f"{option}: {value!r} is neither yes nor no")
        return False

    def _style(self) -> str:
        value = str(self.options.get("style", "")) or default_style(self.config)
        if value in ("", *list_styles()):
            return value
        hint = did_you_mean(value, list_styles())
        self._warn(f"unknown style {value!r}; the book's own is used{hint}", Subtype.STYLE)
        return ""

    def _groups(self) -> tuple[Group, ...]:
        value = " ".join(self.options.get("group", "").split())
        if value == KEYWORDS or "group" not in self.options:
            return ()
        own = self.config.citations_groups
        try:
            found = scheme(value, own)
        except GroupError as error:
            self._warn(f"group: {error}; the list is not grouped")
            return ()
        if found is None:
            known = sorted({*SCHEMES, KEYWORDS, *own})
            self._warn(
                f"group: {value!r} is none of {', '.join(known)}, nor groups of the form "
                f"“heading: filter; heading: filter”{did_you_mean(value, known)}"
            )
        return found or ()

    def _filter(self) -> str:
        flags = [flag for flag in FLAGS if flag in self.options]
        if "filter" not in self.options:
            return {"all": "True", "notcited": "not cited"}.get("".join(flags[:1]), "cited")
        source = str(self.options["filter"]).strip()
        if flags:
            self._warn(f"filter overrides {', '.join(flags)}", Subtype.FILTER)
        try:
            compile_filter(source)
        except FilterError as error:
            message = f"filter {source!r}: {error}; the cited works are listed"
            self._warn(message, Subtype.FILTER)
            return "cited"
        return source

    def _files(self) -> Iterator[str]:
        known = self.domain.bibdata.bibfiles
        for name in self.arguments[0].split() if self.arguments else ():
            path = Path(self.env.relfn2path(name)[1]).resolve()
            if path in known:
                yield str(path)
            else:
                hint = did_you_mean(name, [other.name for other in known])
                self._warn(f"{name!r} is not in bibtex_bibfiles{hint}")
