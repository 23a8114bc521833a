"""Where the files of the wing are."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
"""The style sheets and scripts."""
