"""What each build of a process would find out anew, and finds the same: remembered between builds.

A suite builds a thousand small projects. Of such a build, a third went into compiling the
templates of its theme, a quarter into reading what all installed packages offer, and a tenth
into messages for debugging that nobody sees.
"""

from __future__ import annotations

import logging
from functools import cache, partial
from importlib.metadata import entry_points
from typing import Any

import pybtex.plugin
import pytest
import sphinx.jinja2glue
import sphinx.registry
import sphinx.theming
import sphinx.util.template
import sphinxcontrib.bibtex.plugin
from jinja2.sandbox import SandboxedEnvironment


class Environment(SandboxedEnvironment):
    """Compiles each text of a template once; one that has changed is another text."""

    def __init__(self, compiled: dict[tuple[object, ...], Any], **options: Any) -> None:
        super().__init__(**options)
        self._compiled = compiled

    def compile(self, source: Any, *names: Any, **options: Any) -> Any:
        # a tag that an extension adds means nothing where the extension is not loaded
        key = (source, *names, *options.items(), *self.extensions)
        if key not in self._compiled:
            self._compiled[key] = super().compile(source, *names, **options)
        return self._compiled[key]


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let builds share compiled templates, and what packages offer by entry points."""
    environment = partial(Environment, {})
    for module in (sphinx.jinja2glue, sphinx.util.template):
        patch.setattr(module, "SandboxedEnvironment", environment)
    offered = cache(entry_points)
    for module in (pybtex.plugin, sphinx.registry, sphinx.theming, sphinxcontrib.bibtex.plugin):
        patch.setattr(module, "entry_points", offered)
    logging.disable(logging.DEBUG)
