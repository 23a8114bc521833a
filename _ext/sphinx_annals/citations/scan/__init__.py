"""Where the source files of a project cite, read without Sphinx."""

from sphinx_annals.citations.scan.cites import Cite, keys_in
from sphinx_annals.citations.scan.markdown import prefixes_in, read_text, scan
from sphinx_annals.citations.scan.project import (
    Cited,
    Project,
    ProjectError,
    open_project,
    read_settings,
    shown,
)
