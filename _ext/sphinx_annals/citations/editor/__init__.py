"""Citation keys in the language server esbonio.

Use: ``python -m esbonio server --include sphinx_annals.citations.editor``.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    # the server asks its modules for this; the build, which has no server, does not
    if name == "esbonio_setup":
        from sphinx_annals.citations.editor.completion import esbonio_setup

        return esbonio_setup
    raise AttributeError(name)
