"""Where the source files of a project cite, read without Sphinx."""

from sphinx_annals.citations.scan.cites import Cite, keys_in, prefixes_in, scan, with_roles
from sphinx_annals.citations.scan.project import Project, open_project, read_settings
