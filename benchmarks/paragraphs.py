"""Look for the paragraphs of a manual built as text in its PDF; run by ``projects.py``."""

from __future__ import annotations

import json
import pickle
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

PIECE = 16
ENOUGH = 0.5
_MARKER = re.compile(r"^\s*(?:(?:\d+\.|\*|\[\w+\])\s+)+")
_COLOUR = re.compile(r"\x1b?\[\d+(?:;\d+)*m|\x1b?\[m")
_TEX = re.compile(r"\S*(?:\\[a-zA-Z]+|[_^{}])\S*(?:\s+[^\sa-zA-Z]+(?=\s|$))*")
_PICTURE = re.compile(r"\[(?:imag\w+|graph)(: [^\]]*)?\](\[imag\w+\])?")
_NAME = re.compile(r'\W*"[\w.]+(\(\))?"\W*')


def letters(text: str) -> str:
    """Give what no hyphen, line or page changes: letters and digits."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def paragraphs(text: str) -> Iterator[str]:
    """Give the paragraphs of a text as Sphinx writes it; of tables the words of their cells."""
    for block in re.split(r"\n\s*\n", _PICTURE.sub("", text)):
        lines = block.splitlines()
        if any(line.lstrip().startswith(("+--", "+==", "|")) for line in lines):
            yield from re.findall(r"(?<!\\)\b[^\W\d_]{4,}", block)
        else:
            yield _MARKER.sub("", block)


def is_there(paragraph: str, printed: str) -> bool:
    """Tell whether most of a paragraph is printed, in pieces or by its lines.

    The foot of a page may stand in its midst, the numbers of lines between all lines of code.
    """
    plain = _COLOUR.sub("", paragraph)  # of a terminal, where the codes are not what it is about
    forms = dict.fromkeys([paragraph, plain])
    if any(_is_there(form, printed) for form in forms):
        return True
    return _is_around_formulas(plain, printed) or _is_a_name(plain, printed)


def _is_a_name(paragraph: str, printed: str) -> bool:
    """Tell whether this is an object in a toctree, described under the name of what it is of."""
    parts = paragraph.split(".")
    return bool(_NAME.fullmatch(paragraph)) and all(letters(part) in printed for part in parts)


def _is_around_formulas(paragraph: str, printed: str) -> bool:
    """Tell whether all is printed that stands beside formulas: the text has these as TeX."""
    around = list(map(letters, _TEX.split(paragraph)))
    return len(around) > 1 and all(words in printed for words in around)


def _is_there(paragraph: str, printed: str) -> bool:
    wanted = letters(paragraph)
    pieces = [wanted[at : at + PIECE] for at in range(0, len(wanted), PIECE)]
    if len(pieces) > 1 and len(pieces[-1]) < PIECE:
        pieces.pop()
    return _most(pieces, printed) or _most(list(map(letters, paragraph.splitlines())), printed)


def _most(pieces: list[str], printed: str) -> bool:
    return sum(piece in printed for piece in pieces) >= ENOUGH * len(pieces)


def reached(included: dict[str, list[str]], start: str) -> list[str]:
    """Give the documents below one in the toctrees."""
    found = [start]
    for name in found:
        found.extend(below for below in included.get(name, []) if below not in found)
    return found


def main(folder: Path, root: str) -> None:
    import pypdfium2  # of the environments of the projects; tests take what stands above

    with (folder / f"{root}-doctrees" / "environment.pickle").open("rb") as stream:
        env = pickle.load(stream)
    pages = list(pypdfium2.PdfDocument(folder / "pdf" / "book.pdf"))
    printed = letters("".join(page.get_textpage().get_text_bounded() for page in pages))
    texts: Iterable[str] = (
        path.read_text(encoding="utf-8")
        for name in reached(env.toctree_includes, env.config.root_doc)
        if (path := folder / "text" / f"{name}.txt").is_file()
    )
    wanted = [found for text in texts for found in paragraphs(text)]
    lost = [found for found in wanted if not is_there(found, printed)]
    print(json.dumps({"pages": len(pages), "paragraphs": len(wanted), "lost": lost}))


if __name__ == "__main__":
    main(Path(sys.argv[2]), Path(sys.argv[1]).name)
