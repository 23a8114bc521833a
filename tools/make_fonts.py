"""Make the fonts of the site from those of the PDF: Noto Serif, cut down to what the book needs.

Run it after a change of the alphabets below; it needs ``pip install fonttools brotli``.
Western, Central European and Vietnamese letters (pinyin is among them), Cyrillic, punctuation;
upright and italic, regular to bold; small capitals and old-style figures stay in.
"""

from importlib.metadata import files
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parents[1] / "_theme" / "static" / "fonts"
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
MORE = "–—‘’“”†‡•…‰′″€№−×≈≠≤≥●○ỲỳẼẽ"
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "smcp", "c2sc", "onum", "pnum", "tnum"]


def reread(font: TTFont) -> TTFont:
    """Give a font as its file is: what was cut leaves gaps in the tables in memory."""
    file = BytesIO()
    font.save(file)
    return TTFont(file)


def main() -> None:
    """Write the two files."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {code for first, last in ALPHABETS for code in range(first, last + 1)}
    for path in files("fontpkg-noto-serif") or []:
        if path.suffix == ".ttf":
            font = TTFont(path.locate())
            options = subset.Options(layout_features=FEATURES, flavor="woff2", hinting=False)
            cut = subset.Subsetter(options)
            cut.populate(unicodes=wanted | set(map(ord, MORE)))
            cut.subset(font)
            font = instantiateVariableFont(reread(font), {"wdth": 100, "wght": (400, 700)})
            name = "noto-serif-italic" if "Italic" in path.name else "noto-serif"
            subset.save_font(font, str(FOLDER / f"{name}.woff2"), options)


if __name__ == "__main__":
    main()
