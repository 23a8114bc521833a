"""An incremental build equals a clean one, whatever was edited, in all builders that share a book.

    pytest tests/test_edits.py --hypothesis-profile=long -s

tries hundreds of edits in more builders, and says how many.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from edits import EDITS, book
from harness import EMPTY, Project
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

BUILDERS = ("html", "annals", "typstpdf", "text")
MORE = (*BUILDERS, "epub", "latex", "dirhtml", "typst")
KEPT = re.compile(r"\.doctree$|\.pickle$|^\.buildinfo|^\.typst_pdf$")
"""What Sphinx and our builders remember from build to build: times, and what was warned of."""
LEFT = re.compile(
    r"\.txt$|^\w+\.tex$|^_images/|^_downloads/|^images/|^(map|.*-\d+-\d+)\.pdf$|\.epub$|-stemmer\.js$"
)
"""What nothing refers to any more and is left behind: see `manual/why/freshness.md`."""
HINT = re.compile(r"[;:,]? ?did you mean [^\[]*")
"""A warning is the same with another hint: that page is not written again for one."""


class Builds:
    """A book that is built again after each edit, beside one that is built from nothing."""

    def __init__(self, folder: Path, builders: Sequence[str]) -> None:
        self.project, self.builders = Project(folder, EMPTY), builders
        self.steps = self.count = 0
        self.said: dict[str, set[str]] = {}
        self.begin()
        self.first = set().union(*(self.build("inc", builder)[1] for builder in builders))
        shutil.copytree(folder / "inc", folder / "first")

    def begin(self) -> None:
        """Go back to the book that all edits begin with."""
        self.book = book()
        self.write()
        folder = self.project.folder
        if (folder / "first").is_dir():
            shutil.rmtree(folder / "inc")
            shutil.copytree(folder / "first", folder / "inc")
            self.known = dict.fromkeys(self.builders, self.first)
            self.said = {builder: set() for builder in self.builders}

    def write(self) -> None:
        """Let the files be those of the book, and forget the clean build of what they were."""
        files = dict(self.book.files())
        for path in self.project.root.rglob("*.*"):
            name = path.relative_to(self.project.root).as_posix()
            if path.is_file() and name not in files and path.suffix != ".mo":
                path.unlink()
        self.project.write(files)
        shutil.rmtree(self.project.folder / "clean", ignore_errors=True)
        self.warned: set[str] = set()

    def edit(self, name: str, pick: Any) -> None:
        """Make an edit."""
        EDITS[name](self.book, pick)
        self.write()
        self.steps += 1

    def build(self, out: str, builder: str) -> tuple[dict[str, bytes], set[str]]:
        """Build into a folder; give the files that readers get, and what was warned of."""
        self.count += 1
        theme = self.book.settings.get("html_theme", "basic")
        built = self.project.build(builder, out, warnings=None, html_theme=theme)
        files = {name: data for name, data in built.files().items() if not KEPT.search(name)}
        said = {HINT.sub("", line) for line in built.warnings}
        # what is wrong in a source is said once, by whichever builder reads it
        for heard in self.said.values() if out == "inc" else [self.warned]:
            heard |= said
        return files, said

    def compare(self, builder: str) -> None:
        """Build again and from nothing: the files are the same, and what is new is said."""
        again, said = self.build("inc", builder)
        clean, warned = self.build("clean", builder)
        assert said <= self.warned
        assert warned - self.known[builder] <= self.said[builder]
        self.known[builder], self.said[builder] = self.warned, set()
        left = again.keys() - clean.keys()
        assert {name for name in left if not LEFT.search(name)} == set()
        assert [name for name in clean if clean[name] != again.get(name)] == []


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builds]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1000000000")
        yield Builds(tmp_path_factory.mktemp("edits"), MORE if is_long() else BUILDERS)


class Editing(RuleBasedStateMachine):
    """Edits, and after some of them builds of some builders."""

    def __init__(self, builds: Builds) -> None:
        super().__init__()
        self.builds, self.waiting = builds, list[str]()
        builds.begin()

    @rule(name=st.sampled_from(sorted(EDITS)), data=st.data())
    def edit(self, name: str, data: st.DataObject) -> None:
        self.builds.edit(name, lambda among: data.draw(st.sampled_from(list(among))))
        self.waiting = list(self.builds.builders)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def compare(self, data: st.DataObject) -> None:
        builder = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(builder)
        self.builds.compare(builder)


def is_long() -> bool:
    """Tell whether the long profile is asked for."""
    return settings.get_current_profile_name() == "long"


def test_an_incremental_build_equals_a_clean_one(builds: Builds) -> None:
    if is_long():
        checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
        chosen = settings(suppress_health_check=checks)
        run_state_machine_as_test(partial(Editing, builds), settings=chosen)
    else:
        make_all_edits(builds, random.Random(1))
    print(f"{builds.steps} edits, {builds.count} builds")


def make_all_edits(builds: Builds, draw: random.Random) -> None:
    """Make an edit of each kind in some order, and compare each builder after some of them."""
    builds.begin()
    names = draw.sample(sorted(EDITS), len(EDITS))
    for start, builder in enumerate(builds.builders):
        for name in names[start :: len(builds.builders)]:
            builds.edit(name, lambda among: draw.choice(list(among)))
        builds.compare(builder)


CASES: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {
    "neighbours, the search, a file that Markdown links, a chapter that leaves the contents": (
        ["html"],
        [("reorder", "people", 8), ("rename_page", "views"), ("reorder", "bib", None)],
    ),
    "a chapter that the contents still name, labels that come to an earlier document": (
        ["html"],
        [("remove_page", "prose", False), ("swap_pages", "events", "facts")],
    ),
    "numbers, after another builder": (["annals", "text"], [("reorder", "events", 4)]),
    "what a PDF says of the library": (["typstpdf"], [("delete_entry", "two.bib", "uncited")]),
    "a work whose key nothing cites any more": (
        ["typstpdf"],
        [("rename_entry", "two.bib", "other")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_once_stale_is_fresh(builds: Builds, case: str) -> None:
    (*others, builder), edits = CASES[case]
    builds.begin()
    for name, *choices in edits:
        left = iter(choices)

        def pick(among: Sequence[Any], left: Any = left) -> Any:
            choice = next(left)
            assert choice in among
            return choice

        builds.edit(name, pick)
    for other in others:  # what one reads the next does not read again
        builds.build("inc", other)
    builds.compare(builder)
