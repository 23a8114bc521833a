"""The source files of a project and what ``conf.py`` says of them, read without Sphinx."""

from sphinx_annals.sources.contents import listed, with_entry
from sphinx_annals.sources.markup import (
    REST_SUFFIXES,
    Directive,
    Edit,
    Option,
    Part,
    Text,
    edited,
    read,
    stands_alone,
)
from sphinx_annals.sources.messages import messages
from sphinx_annals.sources.project import (
    SUFFIXES,
    ProjectError,
    Sources,
    find_conf,
    open_sources,
    read_text,
    settings_of,
    shown,
    strings,
    told,
)
