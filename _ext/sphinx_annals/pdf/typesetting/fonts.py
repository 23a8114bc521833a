"""Find the fonts that come by pip, and say which ones are missing and how to get them.

Pure: no Sphinx. A font package is any distribution that carries ``.ttf``, ``.otf`` or ``.ttc``
files; its folders are read from the installed file list, so no package needs to be imported.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import typst
from babel import Locale, UnknownLocaleError

SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})

#: Families by role or BCP 47 language tag. The first two come inside the `typst` wheel.
DEFAULT_FONTS: dict[str, tuple[str, ...]] = {
    "main": ("Libertinus Serif", "Noto Serif", "Noto Serif SC", "Noto Serif TC"),
    "mono": ("DejaVu Sans Mono", "Noto Sans SC"),
    "sans": ("Noto Sans SC", "Noto Sans TC"),
    "zh-Hans": ("Noto Serif SC",),
    "zh-Hant": ("Noto Serif TC",),
}

#: The last has emoji, symbols and the scripts of Asia and Africa; the extra ``emoji`` brings it.
DEFAULT_PACKAGES = (
    "fontpkg-noto-serif",
    "pylopdf-fonts-zh-cn",
    "pylopdf-fonts-zh-tw",
    "manimgx-fonts",
)


def compiler(fonts: typst.Fonts, source: Any, **options: Any) -> typst.Compiler:
    """Give a compiler that has these fonts and no others, for a file or for markup."""
    return typst.Compiler(source, font_paths=fonts, ignore_system_fonts=True, **options)


def package_versions(packages: Iterable[str]) -> dict[str, str]:
    """Give the versions of those *packages* that are installed."""
    found = {}
    for name in packages:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def package_folders(distribution: str) -> tuple[Path, ...]:
    """Give the folders with font files of an installed *distribution*, or nothing."""
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        return ()
    found = {Path(str(f.locate())).parent for f in files if f.suffix.lower() in SUFFIXES}
    return tuple(sorted(found))


def load_fonts(packages: Iterable[str], folders: Iterable[Path] = ()) -> typst.Fonts:
    """Collect the fonts of pip *packages* and of extra *folders*; system fonts are ignored."""
    found = [folder for name in packages for folder in package_folders(name)]
    found += filter(Path.is_dir, folders)
    return typst.Fonts(include_system_fonts=False, font_paths=found)


def missing_families(
    fonts: Mapping[str, Sequence[str]], available: Iterable[str]
) -> dict[str, list[str]]:
    """Give each wanted family that is not available, with the roles it was to play."""
    known = {name.lower() for name in available}
    wanted = dict.fromkeys(name for families in fonts.values() for name in families)
    return {
        name: [role for role, families in fonts.items() if name in families]
        for name in wanted
        if name.lower() not in known
    }


def families_for(fonts: Mapping[str, Sequence[str]], tag: str) -> tuple[str, ...]:
    """Give the font list for a BCP 47 *tag*: Latin letters first, then the script's own.

    ``zh-Hant-TW`` falls back to ``zh-Hant``, then ``zh``, then the main list.
    """
    main = tuple(fonts.get("main", ()))
    parts = tag.split("-")
    for size in range(len(parts), 0, -1):
        own = fonts.get("-".join(parts[:size]))
        if own:
            latin = tuple(f for f in main if f not in own and not f.endswith((" SC", " TC")))
            others = tuple(f for f in main if f.endswith((" SC", " TC")) and f not in own)
            return (*latin, *own, *others)
    return main


def side_of_begin(tag: str) -> str:
    """Give the side on which lines of a language begin, as CLDR has it."""
    try:
        direction = Locale.parse(tag.replace("-", "_")).text_direction
    except (UnknownLocaleError, ValueError):
        return "left"
    return "right" if direction == "rtl" else "left"


def typst_language(tag: str) -> tuple[str, str | None]:
    """Split a BCP 47 *tag* into what Typst takes: a language and perhaps a region.

    Script subtags become the region that selects the same glyph forms.
    """
    parts = tag.replace("_", "-").split("-")
    lang = parts[0].lower()
    if not (2 <= len(lang) <= 3 and lang.isascii() and lang.isalpha()):
        return "en", None
    scripts = {"hans": "CN", "hant": "TW"}
    for part in parts[1:]:
        if part.lower() in scripts:
            return lang, scripts[part.lower()]
        if len(part) == 2 and part.isascii() and part.isalpha():
            return lang, part.upper()
    return lang, None


_GENERIC = re.compile(r"(font-family\s*[:=]\s*[\"']?[^;\"'>]*?)\b(sans-serif|serif|monospace)\b")

_HAN = re.compile("[\u3400-\u9fff]")


def svg_fonts(svg: str, fonts: Mapping[str, Sequence[str]]) -> str:
    """Name fonts of the book before the generic families in an *svg*.

    Typst has no ``serif`` or ``sans-serif``: such text would get whatever font comes first.
    """
    main = list(fonts.get("main", ()))
    if _HAN.search(svg):
        # Typst sets a whole line in the fallback font, which it picks by a like name.
        main = sorted(main, key=lambda name: not any(f.startswith(f"{name} ") for f in main))
    sans, mono = (fonts.get(role) or main for role in ("sans", "mono"))
    families = {"serif": main, "sans-serif": sans, "monospace": mono}

    def name(found: re.Match[str]) -> str:
        return found[1] + ", ".join([*families[found[2]], found[2]])

    return _GENERIC.sub(name, svg)
