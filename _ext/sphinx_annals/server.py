"""The language server esbonio with what the extensions add: keys of works, ids of objects.

``python -m sphinx_annals.server``, or ``sphinx-annals-server``; arguments are esbonio's own.
"""

import sys
from collections.abc import Sequence

MODULES = ("sphinx_annals.citations.editor", "sphinx_annals.annals.editor")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until the editor ends it; 2 where esbonio is not installed."""
    try:
        from esbonio.cli import main as esbonio
    except ModuleNotFoundError:
        from sphinx_annals import extension

        print(f"esbonio is not installed; run: {extension.command('editor')}", file=sys.stderr)
        return 2
    included = [part for module in MODULES for part in ("--include", module)]
    return esbonio(["server", *included, *(sys.argv[1:] if arguments is None else arguments)]) or 0


if __name__ == "__main__":
    sys.exit(main())
