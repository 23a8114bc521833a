"""Records made elsewhere: nothing is lost, every conflict is found, and no other."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from foreign import make_corpus
from support import Build, warnings_of

FINE = {"one": "fine", "agreeing": "fine"}


def read(data: Any) -> dict[tuple[str, str], str]:
    """Give the status of each point on which a source speaks."""
    return {
        (item["id"], statement["property"]): FINE.get(statement["status"], statement["status"])
        for item in [*data["treaties"], *data["articles"]]
        for statement in item["statements"]
        if statement["accounts"]
    }


def test_every_conflict_is_found_and_no_other(build: Build) -> None:
    corpus = make_corpus(40)
    app = build(corpus.pages, "html")
    data = json.loads((app.outdir / "data" / "annals.json").read_text())
    for kind in ("treaties", "articles"):
        assert len(data[kind]) == corpus.counts[kind]
    expected = corpus.statuses()
    found = {
        point: "fine" if status == "compatible" and expected[point] == "fine" else status
        for point, status in read(data).items()
    }
    assert found == expected
    assert {"disputed", "open", "settled", "compatible", "fine"} == set(expected.values())
    listed = re.findall(r"annals-comparison annals-(\w+)", (app.outdir / "index.html").read_text())
    shown = [status for status in found.values() if status in ("disputed", "open", "settled")]
    assert sorted(listed) == sorted(shown)
    said = [w for w in warnings_of(app) if re.search("WARNING|ERROR|CRITICAL", w)]
    assert [w for w in said if not re.match(r"(one\.md|two\.rst|three\.md):\d+: ", w)] == []


BUILDERS = [
    "dirhtml", "singlehtml", "epub", "text", "man", "texinfo", "latex", "xml", "pseudoxml", "gettext",
    "annals-check",
]  # fmt: skip


@pytest.mark.parametrize("builder", BUILDERS)
def test_all_builders_end(build: Build, builder: str) -> None:
    app = build(make_corpus(8).pages, builder)
    assert any(app.outdir.iterdir())
