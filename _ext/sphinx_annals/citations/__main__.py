"""``python -m sphinx_annals.citations``."""

import sys

from sphinx_annals.citations.cli import main

if __name__ == "__main__":
    sys.exit(main())
