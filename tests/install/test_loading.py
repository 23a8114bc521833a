"""``extensions = ["myst_parser", "sphinx_annals"]`` is all that is needed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tomllib
import weakref
from importlib import metadata

import pytest
import sphinx_annals
from harness import REPOSITORY, Project
from sphinx.errors import VersionRequirementError
from sphinx_annals import extension

EVENT = (
    "```{event} Signing\n:id: signing\n:date: 1950-02-14\n\nText.\n```\n\nSee {event}`signing`.\n"
)
ACCOUNT = "```{event} E\n:id: e\n\nB.\n\n:::{account} key\n:property: cause\n:value: x\n:::\n```\n"
ALONE = "extensions = ['myst_parser', 'sphinx_annals.annals']\n"
CHOSEN = "myst_enable_extensions = ['deflist']\n"


def test_the_example_of_the_readme_works_as_it_stands(project: Project) -> None:
    built = project.build()
    event = built.soup().find(class_="annals-event")
    assert event is not None
    assert "2024, infobox" in event.text
    assert "Heinzig 2004, 364" in event.text
    assert built.soup().find("a", href="#treaty-signed", class_="reference") is not None
    assert "Armonk: Sharpe" in built.soup().text
    again = project.build()
    assert "configuration" not in again.status
    assert "index.html" not in again.written


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["typstpdf", "latex", "text", "annals"])
def test_and_in_every_format(project: Project, builder: str) -> None:
    assert project.build(builder).files()


def test_in_restructuredtext(project: Project) -> None:
    (project.root / "index.md").unlink()
    page = "T\n=\n\n.. event:: Signing\n   :id: signing\n\n   Body.\n\nSee :event:`signing`.\n"
    project.write({"conf.py": "extensions = ['sphinx_annals']\n", "index.rst": page})
    assert project.build().soup().find("a", href="#signing", class_="reference") is not None


def test_what_the_project_chose_of_myst_stays(project: Project) -> None:
    built = project.configure(CHOSEN).build()
    assert built.app is not None
    assert list(built.app.config.myst_enable_extensions) == ["deflist", "colon_fence"]


def test_short_names_take_nothing_from_a_python_project(project: Project) -> None:
    page = "# T\n\n```{function} date(x)\n```\n\n{func}`date`, {py:func}`date`\n\n" + EVENT
    built = project.write({"index.md": page}).configure("nitpicky = True\n").build()
    assert len(built.soup().select("a[href='#date'] > .py-func")) == 2
    assert built.soup().find("a", href="#signing", class_="reference") is not None


@pytest.mark.parametrize(
    "others",
    ["['other', 'myst_parser', 'sphinx_annals']", "['myst_parser', 'sphinx_annals', 'other']"],
)
def test_a_name_that_another_extension_has_stays_its_own(project: Project, others: str) -> None:
    other = (
        "from docutils import nodes\nfrom sphinx.util.docutils import SphinxDirective\n"
        "class Timeline(SphinxDirective):\n    def run(self):\n"
        "        return [nodes.paragraph('', 'other timeline')]\n"
        "def setup(app):\n    app.add_directive('timeline', Timeline)\n    return {}\n"
    )
    conf = f"import sys\nsys.path.insert(0, {str(project.root)!r})\nextensions = {others}\n"
    conf += "bibtex_bibfiles = []\nexclude_patterns = []\nproject = 'T'\nhtml_theme = 'basic'\n"
    page = f"# T\n\n```{{timeline}}\n```\n\n```{{annals:timeline}}\n```\n\n{EVENT}"
    project.write({"other.py": other, "conf.py": conf, "index.md": page})
    built = project.build()
    assert "other timeline" in built.soup().text
    assert built.soup().find(class_="annals-timeline") is not None


def test_annals_alone_says_which_markdown_is_not_read(project: Project) -> None:
    project.write({"conf.py": ALONE, "index.md": f"# T\n\n{ACCOUNT}"})
    project.build(
        warnings=["index.md:8: WARNING: :::{account} is printed as text; add 'colon_fence'"]
    )
    project.write({"conf.py": ALONE + "myst_enable_extensions = ['colon_fence']\n"}).build()


@pytest.mark.parametrize("wing", ["annals", "citations", "pdf"])
def test_each_wing_loads_alone(project: Project, wing: str) -> None:
    conf = f"extensions = ['myst_parser', 'sphinx_annals.{wing}']\nbibtex_bibfiles = []\n"
    built = project.write({"conf.py": conf, "index.md": "# T\n\nText.\n"}).build()
    assert built.app is not None
    wings = {f"sphinx_annals.{name}" for name in ("annals", "citations", "pdf")}
    assert wings & built.app.extensions.keys() == {f"sphinx_annals.{wing}"}


def test_a_build_leaves_the_interpreter_as_it_was(project: Project) -> None:
    seen = set()
    with project.open() as app:
        app.connect("doctree-resolved", lambda *_: seen.add(gc.get_threshold()))
        app.build()
    assert seen
    assert gc.get_threshold() not in seen
    assert gc.get_freeze_count() == 0


def test_what_was_made_is_not_searched_until_the_build_ends() -> None:
    class Ring:
        itself: Ring

    with extension.collect_nothing():
        ring = Ring()
        ring.itself = ring
        left = weakref.ref(ring)
        del ring
    assert gc.isenabled()
    gc.collect()
    assert left() is not None
    gc.unfreeze()
    gc.collect()
    assert left() is None


@pytest.mark.parametrize(
    "listed",
    [
        "'sphinx_annals', 'sphinxcontrib.bibtex'",
        "'sphinxcontrib.bibtex', 'sphinx_annals'",
        "'sphinx_annals', 'sphinx_annals.citations'",
    ],
)
def test_what_it_sets_up_may_be_listed_too(project: Project, listed: str) -> None:
    built = project.configure(f"extensions = ['myst_parser', {listed}]\n").build()
    assert "Heinzig 2004, 364" in built.soup().text


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (EVENT, None),
        (
            "Text {cite:p}`one` {cite:t}`two`.\n\n```{bibliography}\n```\n",
            "index.md:3: WARNING: works are cited or listed, but there is no .bib file",
        ),
        ("```{bibliography}\n\none\n```\n", "index.md:3: WARNING: works are cited or listed, but"),
    ],
)
def test_without_a_bibliography_nothing_is_said_until_one_is_needed(
    project: Project, page: str, says: str | None
) -> None:
    (project.root / "references.bib").unlink()
    conf = "extensions = ['myst_parser', 'sphinx_annals']\n"
    project.write({"conf.py": conf, "index.md": f"# T\n\n{page}"})
    project.build(warnings=[says] if says else [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("loaded", "absent", "said"),
    [
        ("sphinx_annals.pdf", "typst", "(typst); run: pip install 'sphinx-annals[pdf]'"),
        ("sphinx_annals.citations", "pybtex", "pip install 'sphinx-annals[citations]'"),
        ("sphinx_annals", "icalendar", "pip install 'sphinx-annals[exports]'"),
        ("sphinx_annals", "icalendar typst", "pip install 'sphinx-annals[exports,pdf]'"),
        ("sphinx_annals", "icalendar rustworkx typst pybtex", "pip install 'sphinx-annals[all]'"),
    ],
)
def test_a_missing_dependency_is_an_error_that_names_the_extra(
    project: Project, loaded: str, absent: str, said: str
) -> None:
    project.write({"conf.py": f"extensions = ['myst_parser', {loaded!r}]\n"})
    built = build_without(absent, project)
    assert built.returncode == 2
    assert said in built.stderr
    assert "ModuleNotFoundError" not in built.stderr


@pytest.mark.slow
def test_a_view_without_its_library_stops_the_build_and_names_the_extra(project: Project) -> None:
    conf = "extensions = ['myst_parser', 'sphinx_annals.annals']\n"
    project.write({"conf.py": conf, "index.md": "# T\n\n```{network}\n```\n"})
    built = build_without("rustworkx", project)
    assert built.returncode == 2
    assert "'network' needs what is not installed (rustworkx)" in built.stderr
    assert "pip install 'sphinx-annals[networks]'" in built.stderr


@pytest.mark.parametrize("wing", ["", ".annals", ".citations", ".pdf"])
def test_an_older_sphinx_is_refused_in_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, wing: str
) -> None:
    monkeypatch.setattr("sphinx.version_info", (8, 2, 3, "final", 0))
    project.write({"conf.py": f"extensions = ['sphinx_annals{wing}']\n"})
    said = f"^The sphinx_annals{wing} extension used by this project needs at least Sphinx v9.0; [^;]*$"
    with pytest.raises(VersionRequirementError, match=said):
        project.build()


def build_without(absent: str, project: Project) -> subprocess.CompletedProcess[str]:
    """Build in a Python of its own, to which modules are unknown."""
    code = (
        f"import sys; sys.modules |= dict.fromkeys({absent.split()})\n"
        "from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, str(project.root), str(project.folder / "out")]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "_ext")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_extras_bring_what_the_extensions_ask_for() -> None:
    """Each module that an extension asks for comes with a distribution of that extra."""
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    brought = metadata.packages_distributions()
    for extra, modules in extension.EXTRAS.items():
        wanted = " ".join(declared["optional-dependencies"][extra]).replace("-", "_")
        for module in modules:
            names = [module.replace(".", "_"), *brought.get(module, [])]
            assert any(name.lower().replace("-", "_") in wanted for name in names), module


def test_the_version_is_said_once() -> None:
    version = sphinx_annals.__version__
    heading = (REPOSITORY / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert heading.startswith(f"[{version}]")
    said = [
        path.name
        for path in (
            *REPOSITORY.glob("*.toml"),
            *REPOSITORY.glob("*.py"),
            *(REPOSITORY / "_ext").rglob("*.py"),
        )
        if f'"{version}"' in path.read_text("utf-8")
    ]
    assert said == ["version.py"]


def test_the_command_line_imports_no_sphinx() -> None:
    code = "import sys, sphinx_annals.citations; sys.exit('sphinx' in sys.modules)"
    path = str(REPOSITORY / "_ext")
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}).returncode == 0
