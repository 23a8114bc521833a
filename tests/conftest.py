"""Fixtures for all tests: a small project, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import EMPTY, Project, Start
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# a slow machine is not a wrong answer
settings.register_profile("book", deadline=None)
settings.load_profile("book")


@pytest.fixture
def start() -> Start:
    """What a project of these tests starts with; a folder's own conftest may say more."""
    return EMPTY


@pytest.fixture
def project(tmp_path: Path, start: Start) -> Project:
    """A small project, to be written and built; see `harness`."""
    return Project(tmp_path, start)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Chromium, headless; without one the test is skipped, or fails if one is required."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        message = "no Chromium on the PATH"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--allow-file-access-from-files",
            ],
        )
        yield chromium
        chromium.close()
