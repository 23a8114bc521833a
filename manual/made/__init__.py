"""What is made for the pages of the manual: tables that the code declares, and live examples.

A line ``<!-- table: options event -->`` stands for that table, made for what follows its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from made import citing, commanding, example, printing, stating, told

Table = Callable[..., Iterator[str]]
TABLES: Mapping[str, Table] = {
    "checks": stating.checks,
    "columns": stating.columns,
    "commands": commanding.commands,
    "filters": stating.filters,
    "formats": stating.formats,
    "list-options": citing.list_options,
    "locators": citing.locators,
    "nodes": printing.nodes_of_print,
    "options": stating.options,
    "roles": stating.roles,
    "citing-roles": citing.roles,
    "settings": told.settings,
    "views": stating.views,
    "warnings": told.warnings,
}
"""The tables by the names that pages use; settings are asked of the build."""

_MARK = re.compile(r"^<!-- table: ([\w-]+)(?: (.+))? -->$", re.MULTILINE)


def insert(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the tables where a page asks for them (``source-read``)."""

    def made(mark: re.Match[str]) -> str:
        given = [app.config] if mark[1] == "settings" else []
        return "\n".join(TABLES[mark[1]](*given, *(mark[2] or "").split()))

    source[0] = _MARK.sub(made, source[0])


def renewed(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Read again all pages with tables: the code may have changed (``env-get-outdated``)."""
    found = (name for name in env.found_docs if env.doc2path(name).is_file())
    return [name for name in found if _MARK.search(env.doc2path(name).read_text("utf-8"))]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register both."""
    app.add_directive("example", example.Example)
    app.connect("source-read", insert)
    app.connect("env-get-outdated", renewed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
