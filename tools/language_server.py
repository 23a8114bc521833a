"""Start the language server esbonio with what the extensions of this project add to it.

Editors run it as `.venv/bin/python tools/language_server.py`; arguments are esbonio's own.
"""

from __future__ import annotations

import sys
from pathlib import Path

MODULES = ("sphinx_annals.citations.editor", "sphinx_annals.annals.editor")
EXTENSIONS = Path(__file__).resolve().parent.parent / "_ext"


def main(arguments: list[str]) -> int:
    """Run the server until the editor ends it."""
    sys.path.insert(0, str(EXTENSIONS))
    from esbonio.cli import main as esbonio

    included = [part for module in MODULES for part in ("--include", module)]
    return esbonio(["server", *included, *arguments]) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
