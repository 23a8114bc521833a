"""The directive `bibliography`: what it shows is recorded, a placeholder marks the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from sphinx_annals.citations.build.domain import CitationsDomain
from sphinx_annals.citations.build.loading import default_style, plugin_names
from sphinx_annals.citations.build.messages import Warn, warn
from sphinx_annals.citations.build.nodes import bibliography_placeholder
from sphinx_annals.citations.build.records import BibList
from sphinx_annals.citations.style.chicago import STYLES
from sphinx_annals.citations.style.filters import FilterError, compile_filter
from sphinx_annals.citations.style.groups import KEYWORDS, SCHEMES, Group, GroupError, scheme
from sphinx_annals.text import did_you_mean

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
        "cited": directives.flag,
        "notcited": directives.flag,
        "all": directives.flag,
        "filter": directives.unchanged,
        "style": directives.unchanged,
        "list": directives.unchanged,
        "enumtype": directives.unchanged,
        "start": start,
        "labelprefix": directives.unchanged,
        "keyprefix": directives.unchanged,
        "cited-in": directives.unchanged,
        "group": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Record the list and leave a placeholder."""
        domain = cast("CitationsDomain", self.env.domains["cite"])
        docname = self.env.current_document.docname
        count = len(domain.lists.get(docname, ())) + 1
        template = self.config.bibtex_bibliography_id or "bibliography-list-{bibliography_count}"
        identity = nodes.make_id(template.format(bibliography_count=count))
        if not identity or identity in {item.id for item in domain.lists.get(docname, ())}:
            identity = f"bibliography-list-{count}"
        item = BibList(
            id=identity, line=self.lineno, filter=self._filter(),
            keys=tuple(line.strip() for line in self.content if line.strip()),
            files=self._files(domain), style=self._style(),
            list=self._choice("list", LISTS), enumtype=self._choice("enumtype", ENUMTYPES),
            start=self.options.get("start", 1),
            labelprefix=self.options.get("labelprefix", ""),
            keyprefix=self.options.get("keyprefix", ""),
            groups=self._groups(), by_keyword=self.options.get("group") == KEYWORDS,
            cited_in=self._flag("cited-in", default=self.config.citations_cited_in),
        )  # fmt: skip
        domain.note_list(docname, item)
        node = bibliography_placeholder("", ids=[identity], docname=docname)
        self.set_source_info(node)
        header = self.config.bibtex_bibliography_header
        heading: list[nodes.Node] = self.parse_text_to_nodes(header) if header else []
        return [*heading, node]

    def _warn(self, kind: Warn, message: str) -> None:
        warn(kind, message, self.get_location())

    def _choice(self, option: str, allowed: tuple[str, ...]) -> str:
        value = self.options.get(option, allowed[0])
        if value not in allowed:
            hint = did_you_mean(value, allowed)
            self._warn(Warn.OPTION, f"{option}: {value!r} is none of {', '.join(allowed)}{hint}")
            return allowed[0]
        return str(value)

    def _flag(self, option: str, *, default: Any) -> bool:
        value = str(self.options.get(option, default)).strip().lower()
        if value in ("", "true", "yes", "on", "1"):
            return True
        if value not in ("false", "no", "off", "0"):
            self._warn(Warn.OPTION, f"{option}: {value!r} is neither yes nor no")
        return False

    def _style(self) -> str:
        value = self.options.get("style", "") or default_style(self.config)
        known = [*STYLES, *plugin_names("pybtex.style.formatting")]
        if value and value not in known:
            hint = did_you_mean(value, known)
            self._warn(Warn.STYLE, f"unknown style {value!r}; the book's own is used{hint}")
            return ""
        return str(value)

    def _groups(self) -> tuple[Group, ...]:
        value = " ".join(self.options.get("group", "").split())
        if value == KEYWORDS or "group" not in self.options:
            return ()
        own = self.config.citations_groups
        try:
            found = scheme(value, own)
        except GroupError as error:
            self._warn(Warn.OPTION, f"group: {error}; the list is not grouped")
            return ()
        if found is None:
            known = sorted({*SCHEMES, KEYWORDS, *own})
            hint = did_you_mean(value, known)
            self._warn(Warn.OPTION, f"group: {value!r} is none of {', '.join(known)}, nor groups "
                       f"of the form “heading: filter; heading: filter”{hint}")  # fmt: skip
        return found or ()

    def _filter(self) -> str:
        source = self.options.get("filter", "").strip()
        flags = [flag for flag in ("all", "notcited", "cited") if flag in self.options]
        if "filter" in self.options:
            if flags:
                self._warn(Warn.FILTER, f"filter overrides {', '.join(flags)}")
            try:
                compile_filter(source)
            except FilterError as error:
                self._warn(Warn.FILTER, f"filter {source!r}: {error}; the cited works are listed")
                return "cited"
            return str(source)
        return {"all": "True", "notcited": "not cited"}.get(flags[0] if flags else "", "cited")

    def _files(self, domain: CitationsDomain) -> tuple[str, ...]:
        known = list(domain.bibdata.bibfiles)
        chosen = []
        for name in self.arguments[0].split() if self.arguments else ():
            path = Path(self.env.relfn2path(name)[1]).resolve()
            if path in known:
                chosen.append(str(path))
                continue
            hint = did_you_mean(name, [other.name for other in known])
            self._warn(Warn.OPTION, f"{name!r} is not in bibtex_bibfiles{hint}")
        return tuple(chosen)
