"""Where the source files of a project cite, read without Sphinx."""

from sphinx_annals.citations.scan.cites import Cite
from sphinx_annals.citations.scan.markdown import read_text, scan
from sphinx_annals.citations.scan.project import Place, Project, ProjectError, open_project, shown

__all__ = [
    "Cite",
    "Place",
    "Project",
    "ProjectError",
    "open_project",
    "read_text",
    "scan",
    "shown",
]
