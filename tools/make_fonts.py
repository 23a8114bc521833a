"""Make the fonts of the site: Linux Libertine, the family of the PDF, cut to what the book needs.

``python tools/make_fonts.py FOLDER`` reads the OpenType files of the family from a folder (Debian's
package fonts-linuxlibertine has them). Run it after a change of the alphabets below: the letters of
European languages, pinyin, Cyrillic, punctuation. Small capitals and old-style figures stay in.
"""

import sys
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parents[1] / "_theme" / "static" / "fonts"
CUTS = {"LinLibertine_R": "regular", "LinLibertine_RI": "italic", "LinLibertine_RZ": "semibold"}
ALPHABETS = [
    (0x20, 0x17F),
    (0x1CD, 0x1DC),  # pinyin's carons
    (0x218, 0x21B),
    (0x300, 0x30C),
    (0x400, 0x45F),
    (0x2010, 0x2026),
    (0x2032, 0x2033),
    (0x2190, 0x2193),
]
MORE = "ẼẽỲỳ‰€№−×≈≠≤≥●○◐"
FEATURES = ["kern", "liga", "mark", "ccmp", "locl", "smcp", "c2sc", "onum", "lnum", "pnum", "tnum"]


def main(folder: Path) -> None:
    """Write one file for each cut of the family."""
    FONTS.mkdir(exist_ok=True)
    letters = {code for first, last in ALPHABETS for code in range(first, last + 1)}
    options = subset.Options(layout_features=FEATURES, flavor="woff2", desubroutinize=True)
    options.hinting = False
    options.name_IDs = [0, 13, 14]  # its name is reserved for the whole family; the rights stay
    for source, cut in CUTS.items():
        font = subset.load_font(str(folder / f"{source}.otf"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=letters | set(map(ord, MORE)))
        subsetter.subset(font)
        subset.save_font(font, str(FONTS / f"libertine-{cut}.woff2"), options)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
