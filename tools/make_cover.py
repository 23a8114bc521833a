"""Write _static/cover.png, the cover of the EPUB: python tools/make_cover.py."""

from __future__ import annotations

import runpy
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Set the title of conf.py as tools/cover.typ says, in the serif that Typst brings."""
    conf = runpy.run_path(str(ROOT / "conf.py"))
    title, _, subtitle = conf["project"].partition(": ")
    words = {"title": title, "subtitle": subtitle, "author": conf["author"]}
    typst.compile(
        ROOT / "tools" / "cover.typ",
        output=ROOT / "_static" / "cover.png",
        ppi=200,
        sys_inputs=words,
    )


if __name__ == "__main__":
    main()
