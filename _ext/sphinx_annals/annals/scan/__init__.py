"""Where source files state objects, and where they name them, read without a build."""

from sphinx_annals.annals.scan.names import (
    DIRECTIVES,
    Named,
    Naming,
    Scanned,
    Stated,
    named_in_messages,
    scan,
)
