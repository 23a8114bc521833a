"""The directive ``bibliography``: what it shows is recorded, a placeholder marks the place."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_annals.authoring import Untouched, WrittenDirective
from sphinx_annals.citations import style
from sphinx_annals.citations.build.domain import CitationsDomain, domain_of
from sphinx_annals.citations.build.loading import default_style, list_styles, one_of
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.nodes import bibliography_placeholder
from sphinx_annals.citations.build.roles import BibList
from sphinx_annals.citations.entry import FIELD_ALIASES, SERVING, TOLD
from sphinx_annals.messages import warn
from sphinx_annals.text import did_you_mean, meant_or_all

FLAGS = {"all": "True", "notcited": "not cited", "cited": "cited"}
"""The filters that have an option of their own."""
OPTIONS = {
    "all": "Every work, cited or not.",
    "cited": "The works that are cited, as a list shows by itself.",
    "notcited": "The works that are not cited.",
    "filter": "The works that pass.",
    "group": "The groups of works that stand under headings.",
    "style": "The style of this list.",
    "list": "`citation`, `bullet` or `enumerated`.",
    "enumtype": "`arabic`, `loweralpha`, `upperalpha`, `lowerroman` or `upperroman`.",
    "start": "The first number, or `continue` after the list before.",
    "labelprefix": "What stands before each label.",
    "keyprefix": "What stands before keys that are cited from this list.",
    "cited-in": "`no` leaves out the links back.",
}
"""What an author may write, with what it means."""
LISTS = ("citation", "bullet", "enumerated")
ENUMTYPES = ("arabic", "loweralpha", "upperalpha", "lowerroman", "upperroman")
SUBTYPES = {"filter": Subtype.FILTER, "style": Subtype.STYLE}
T = TypeVar("T")


class Bibliography(WrittenDirective):
    """Lists works: those cited, or those that a filter, an option or its content names."""

    slip = Subtype.OPTION
    option_spec: ClassVar[Untouched] = Untouched(
        {name: directives.flag if name in FLAGS else directives.unchanged for name in OPTIONS}
    )

    def run(self) -> list[nodes.Node]:
        """Record the list and leave a placeholder."""
        domain, config, read = domain_of(self.env), self.config, self._read
        docname = self.env.current_document.docname
        lists = domain.lists.setdefault(docname, [])
        identity = f"bibliography-list-{len(lists) + 1}"
        for name in self.options.keys() - self.option_spec.keys():
            known = meant_or_all(name, self.option_spec, form=":{}:")
            self.warn_of_slip(f"unknown option :{name}:{known}")
        flags = [flag for flag in FLAGS if flag in self.options]
        if flags and "filter" in self.options:
            self._warn("filter", f"overrides {', '.join(flags)}")
        item = BibList(
            docname,
            identity,
            self.lineno,
            filter=read("filter", FLAGS[flags[0]] if flags else "cited", readable),
            keys=() if self.is_open else tuple(filter(None, map(str.strip, self.content))),
            files=tuple(self._files(domain)),
            style=read("style", default_style(config), partial(one_of, list_styles())),
            list=read("list", "citation", partial(one_of, LISTS)),
            enumtype=read("enumtype", "arabic", partial(one_of, ENUMTYPES)),
            start=read("start", 1, start),
            labelprefix=self.options.get("labelprefix", ""),
            keyprefix=self.options.get("keyprefix", ""),
            cited_in=read("cited-in", config.citations_cited_in, yes_or_no),
            groups=read("group", (), self._groups),
            by_keyword=self.options.get("group") == style.KEYWORDS,
        )
        lists.append(item)
        self._look_for_fields(item)
        node = bibliography_placeholder("", ids=[identity], docname=docname)
        self.set_source_info(node)
        header = config.bibtex_bibliography_header
        heading: list[nodes.Node] = self.parse_text_to_nodes(header) if header else []
        swallowed = self.parse_content_to_nodes() if self.is_open else []
        return [*heading, node, *swallowed]

    def _warn(self, option: str, message: object) -> None:
        subtype = SUBTYPES.get(option, Subtype.OPTION)
        warn(subtype, f"{option}: {message}", self.get_location())

    def _read(self, option: str, default: T, convert: Callable[[str], T]) -> T:
        """Convert an option; what it cannot have costs a warning, and the default stands."""
        try:
            return convert(self.options[option]) if option in self.options else default
        except ValueError as error:
            self._warn(option, error)
            return default

    def _look_for_fields(self, item: BibList) -> None:
        """Warn of names in its filters that are no field, neither biblatex's nor of any entry."""
        entries = domain_of(self.env).library.entries.values()
        known = {*style.SPECIAL, *TOLD, *SERVING, *FIELD_ALIASES}
        for source in (item.filter, *(source for _, source in item.groups)):
            unknown = [name for name in style.names_in(source) if name not in known]
            for name in unknown:
                if not any(name in entry.fields for entry in entries):
                    hint = did_you_mean(name, known)
                    self._warn("filter", f"no entry has a field {name!r}{hint}")

    def _groups(self, value: str) -> tuple[style.Group, ...]:
        own = self.config.citations_groups
        found = () if value == style.KEYWORDS else style.scheme(" ".join(value.split()), own)
        if found is None:
            known = sorted({*style.SCHEMES, style.KEYWORDS, *own})
            raise ValueError(
                f"{value!r} is none of {', '.join(known)}, nor groups of the form "
                f"“heading: filter; heading: filter”{did_you_mean(value, known)}"
            )
        return found

    def _files(self, domain: CitationsDomain) -> Iterator[str]:
        known = domain.bibdata.bibfiles
        for name in self.arguments[0].split() if self.arguments else ():
            path = Path(self.env.relfn2path(name)[1]).resolve()
            if path in known:
                yield str(path)
            else:
                hint = did_you_mean(name, [other.name for other in known])
                self._warn("file", f"{name!r} is not in bibtex_bibfiles{hint}")


def readable(source: str) -> str:
    """Give a filter that can be read; raises FilterError."""
    style.compile_filter(source)
    return source


def start(value: str) -> int:
    """Read ``start``: a positive number or ``continue``, which is -1."""
    if value == "continue":
        return -1
    if not re.fullmatch("0*[1-9][0-9]{0,8}", value):
        raise ValueError(f"{value!r} is neither a number from 1 on nor “continue”")
    return int(value)


def yes_or_no(value: str) -> bool:
    """Read a switch; without a value it is on."""
    if value.lower() in ("", "true", "yes", "on", "1"):
        return True
    if value.lower() in ("false", "no", "off", "0"):
        return False
    raise ValueError(f"{value!r} is neither yes nor no")
