"""For all tests: a small project, a browser, and which tests share a process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import EMPTY, Project, Start
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from remembered import remember
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

BOOK = "tests/book/"

# a slow machine is not a wrong answer
settings.register_profile("book", deadline=None)
# pytest --hypothesis-profile=long
settings.register_profile("long", deadline=None, max_examples=40, stateful_step_count=30)
settings.load_profile("book")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the book come first: it takes longest, and meanwhile another process does the rest."""
    items.sort(key=lambda item: not item.nodeid.startswith(BOOK))


class Together(LoadScopeScheduling):
    """Keeps tests that share what is built in one process: those of a file, all of the book."""

    def _split_scope(self, nodeid: str) -> str:
        return BOOK if nodeid.startswith(BOOK) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Share the tests out among processes, in their order."""
    config.option.loadscopereorder = False
    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def remembered() -> Iterator[None]:
    """What every build would find anew is found once."""
    with pytest.MonkeyPatch.context() as patch:
        remember(patch)
        yield


@pytest.fixture
def start() -> Start:
    """What a project of these tests starts with; a folder's own conftest may say more."""
    return EMPTY


@pytest.fixture
def project(tmp_path: Path, start: Start) -> Project:
    """A small project, to be written and built; see `harness`."""
    return Project(tmp_path, start)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, headless; without one a test is skipped, or fails if one is required."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        message = "no Chromium on the PATH"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(message)
    args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    args.append("--allow-file-access-from-files")
    # not for the whole session: while it runs, no test of a language server has a loop of its own
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=args)
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser in which no page is open."""
    yield chromium
    for context in chromium.contexts:
        context.close()
