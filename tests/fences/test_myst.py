"""What we touch of MyST without its leave is still there."""

from __future__ import annotations

from harness import Project
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from sphinx_annals.fences.myst import (
    forgive_addresses,
    keep_places,
    keep_what_is_deep,
    place_warnings,
)
from support import fence

CONF = """
extensions = ["myst_parser"]
from sphinx_annals.fences import myst
locale_dirs = ["locale"]

def mend(*_):
    myst.forgive_addresses()
    myst.keep_places()
    myst.place_warnings()
    myst.keep_what_is_deep()

def setup(app):
    app.connect("config-inited", mend)
"""


def test_a_link_that_no_disk_can_hold_leads_nowhere(project: Project) -> None:
    page = (
        f"# T\n\n[a](%00.md) [b]({'x' * 300}.md) [c](<{'long words ' * 400}>) [d](index.md) End.\n"
    )
    with fence(forgive_addresses):
        built = project.write({"conf.py": CONF, "index.md": page}).build(warnings=None)
        assert "a b c d End." in built.soup().get_text()
        assert len(built.warnings) == 3
        assert all("xref_missing" in warning for warning in built.warnings)
        render = SphinxRenderer.render_link_unknown
        forgive_addresses()
        assert SphinxRenderer.render_link_unknown is render


def test_what_stands_below_restructuredtext_knows_its_line(project: Project) -> None:
    page = "# T\n\n```{eval-rst}\nA *b*.\n```\n\n{cpp:texpr}`<!--`\n\n> {cpp:texpr}`<!--`\n"
    with fence(keep_places):
        built = project.write({"conf.py": CONF, "index.md": page}).build(warnings=None)
        parted = [warning.partition(": WARNING: ") for warning in built.warnings]
        said = [place for place, told, _ in parted if told]
        assert said == ["index.md:7", "index.md:9"]


def test_a_slip_in_a_translation_is_told_of_once_at_its_original(project: Project) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    files = {
        "conf.py": CONF,
        "index.md": "# T\n\nOne.\n\nTwo. <project:no>\n",
        "locale/de/LC_MESSAGES/index.po": f'{head}msgid "One."\nmsgstr "Eins {{nothing}}`x`."\n',
    }
    with fence(place_warnings):
        built = project.write(files).build("text", language="de", warnings=None)
        assert [warning.partition(" [")[0] for warning in built.warnings] == [
            "index.md:5: WARNING: Could not find document: no",
            'index.md:3: WARNING: Unknown interpreted text role "nothing". (in its translation)',
        ]


def test_what_is_nested_too_deeply_stays_as_paragraphs(project: Project) -> None:
    deep = "".join(f"{'  ' * n}- item{n}\n" for n in range(15))
    quoted = "".join(f"{'>' * n} quoted{n}\n" for n in range(1, 30))
    page = f"# T\n\n{deep}\n  Back.\n\nAfter.\n\n{quoted}\nEnd.\n"
    words = [*(f"item{n}" for n in range(15)), *(f"quoted{n}" for n in range(1, 30))]
    with fence(keep_what_is_deep):
        built = project.write({"conf.py": CONF, "index.md": page}).build("text", warnings=None)
        shown = built.read("index.txt").split()
        assert [word for word in [*words, "Back.", "After.", "End."] if word not in shown] == []
        assert [warning.partition(" WARNING: ")[0] for warning in built.warnings] == [
            "index.md:12:",
            "index.md:42:",
        ]
