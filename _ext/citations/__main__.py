"""`python -m citations`."""

from __future__ import annotations

import sys

from citations.cli import main

if __name__ == "__main__":
    sys.exit(main())
