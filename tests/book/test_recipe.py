"""The five minutes of the README work to the letter on the book."""

from __future__ import annotations

import shutil

import pytest
from examples import files_of
from harness import REPOSITORY, Project


@pytest.mark.slow
def test_a_chapter_in_five_minutes(project: Project) -> None:
    for name in ("conf.py", "index.md", "references.bib"):
        shutil.copy(REPOSITORY / name, project.root)
    for name in ("_static", "_theme", "chapters", "apparatus"):
        shutil.copytree(REPOSITORY / name, project.root / name)
    (project.root / "_ext").symlink_to(REPOSITORY / "_ext")
    project.write(files_of(REPOSITORY / "README.md"))
    project.edit("index.md", "chapters/10-sources\n", "chapters/10-sources\nchapters/mine\n")
    built = project.build("dummy")
    mentioned = built.env.get_domain("annals").get_objects()
    assert "my-departure" in {name for name, *_ in mentioned}
