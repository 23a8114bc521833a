"""`python -m sphinx_annals.citations`."""

from __future__ import annotations

import sys

from sphinx_annals.citations.cli import main

if __name__ == "__main__":
    sys.exit(main())
