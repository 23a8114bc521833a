"""Start the language server of this checkout, where the package is not installed.

Editors run it as `.venv/bin/python tools/language_server.py`; arguments are esbonio's own.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "_ext"))

from sphinx_annals.server import main

if __name__ == "__main__":
    sys.exit(main())
