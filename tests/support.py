"""What tests of fences, of searches and of tools share."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from harness import Built
from playwright.sync_api import Browser


def load(path: Path) -> ModuleType:
    """Import a tool, which is a file and no module of a package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def fence(function: Callable[..., Any]) -> Iterator[None]:
    """Fail with the sentence of a function in ``fences`` that says what breaks it."""
    text = " ".join((function.__doc__ or "").split())
    assert "Breaks if " in text, f"{function.__name__} does not say what breaks it"
    try:
        yield
    except Exception as error:
        name = f"{function.__module__}.{function.__name__}"
        pytest.fail(f"{name} breaks if {text.split('Breaks if ')[1]}\n{error!r}")


class Found(NamedTuple):
    """An object as the search has it."""

    shown: str
    kind: str
    page: str
    anchor: str


def results_of_objects(built: Built) -> list[Found]:
    """Read the index of searches as Sphinx's script does, each object with its address."""
    text = built.read("searchindex.js")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    found = []
    for prefix, rows in index["objects"].items():
        for doc, kind, _priority, short, last, *_about in rows:
            _domain, key, name = index["objnames"][str(kind)]
            shown = f"{prefix}.{last}" if prefix else last
            anchor = {"": shown, "-": f"{key}-{shown}"}.get(short, short)
            found.append(Found(shown, name, index["docnames"][doc] + ".html", anchor))
    return found


STRICT = "script-src 'self'; style-src 'self'; object-src 'none'"
"""The content security policy that pages have to hold."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder with a content security policy, if there is one, and says nothing."""

    def __init__(self, *args: Any, policy: str = "", **options: Any) -> None:
        self.policy = policy
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        """Add the policy."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(built: Built, policy: str = "") -> Iterator[str]:
    """Serve what was built; gives the address."""
    handler = partial(Quiet, directory=str(built.outdir), policy=policy)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class Result(NamedTuple):
    """A result of a search: where it leads, and what is said of it."""

    address: str
    text: str


RESULTS = "#search-results ul.search > li"


def first_results(browser: Browser, site: str, queries: Iterable[str]) -> dict[str, Result]:
    """Search for each query, and follow the first result: what its address names is there."""
    page = browser.new_page()
    found = {query: Result("", "") for query in queries}
    for query in found:
        page.goto(f"{site}/search.html?q={quote(query)}")
        page.wait_for_function("document.querySelector('.search-summary')?.innerText")
        first = page.locator(RESULTS).first
        if not first.count():
            continue
        if "kind-object" not in (first.get_attribute("class") or ""):
            first.locator(".context").wait_for()
        link, text = first.locator("a").first, " ".join(first.inner_text().split())
        found[query] = Result(link.get_attribute("href") or "", text)
        link.click()
        page.wait_for_url(f"{site}/{found[query].address}*")
        there = "!location.hash || document.getElementById(decodeURI(location.hash.slice(1)))"
        assert page.evaluate(f"Boolean({there})"), found[query]
    page.close()
    return found
