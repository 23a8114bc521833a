"""What the language server esbonio offers of the objects.

Use: ``python -m esbonio server --include sphinx_annals.annals.editor``.
"""

from typing import Any

from sphinx_annals.annals.editor.objects import describe, kinds_of_options, setup


def __getattr__(name: str) -> Any:
    # the server asks its modules for this; the build, which has no server, does not
    if name == "esbonio_setup":
        from sphinx_annals.annals.editor.completion import esbonio_setup

        return esbonio_setup
    raise AttributeError(name)
