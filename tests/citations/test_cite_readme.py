"""The README names everything that can be written, set or warned of."""

from __future__ import annotations

import re
from pathlib import Path

import sphinx_annals.citations as citations
from sphinx_annals.citations.build import ROLES, SETTINGS, Bibliography, Subtype

FOLDER = Path(citations.__file__).parent
README = (FOLDER / "README.md").read_text("utf-8")


def test_every_option_is_named():
    named = set(re.findall(r":([a-z-]+):", README))
    assert named >= Bibliography.option_spec.keys()


def test_every_warning_is_named():
    assert set(re.findall(r"^\| `(\w+)` \| ", README, re.MULTILINE)) >= {w.value for w in Subtype}


def test_every_setting_is_named():
    assert [name for name in SETTINGS if f"`{name}`" not in README] == []


def test_every_role_is_named():
    assert [
        name for name in ROLES if f"cite:{name}}}" not in README and f"`{name}`" not in README
    ] == []
