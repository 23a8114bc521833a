"""What an extension is told and tells: its settings, and the subtypes of its warnings."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx.config import Config
from sphinx.pycode import ModuleAnalyzer
from sphinx_annals.annals.messages import Subtype as OfAnnals
from sphinx_annals.citations.build import Subtype as OfCitations
from sphinx_annals.messages import WarningSubtype
from sphinx_annals.pdf.messages import Subtype as OfPdf

from made.rows import indexed, table

_WARNINGS: dict[str, type[WarningSubtype]] = {
    "annals": OfAnnals,
    "citations": OfCitations,
    "typst_pdf": OfPdf,
}


def settings(config: Config, *beginnings: str) -> Iterator[str]:
    """Give the settings whose names begin so, with what their declarations say of them."""
    for name, option in config.values.items():
        if name.startswith(beginnings):
            default = option.default
            shown = "what others make it" if callable(default) else f"`{default!r}`"
            yield from (f"`````{{confval}} {name}", f"{option.description} Default: {shown}.")
            yield from ("`````", "")


def warnings(kind: str) -> Iterator[str]:
    """Give the subtypes of the warnings of one type, as ``suppress_warnings`` takes them."""
    subtype = _WARNINGS[kind]
    meanings = ModuleAnalyzer.for_module(subtype.__module__).find_attr_docs()
    names = {f"{kind}.{each.value}": meanings["Subtype", each.name] for each in subtype}
    yield from indexed(names, "warning")
    rows = [(f"`{name}`", " ".join(filter(None, said))) for name, said in names.items()]
    yield from table(("warning", "what it tells"), rows)
