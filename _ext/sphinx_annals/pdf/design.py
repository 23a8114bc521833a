"""The design of a book: where it is, what a project defines of it anew, the words of its frame.

Pure: no Sphinx. Functions of Typst see what stands in their own file, before them. So that what a
project defines is also used by the functions that it leaves as they are, its definitions are put
into a copy of ``book.typ``, each behind the one whose place it takes.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import typst

from sphinx_annals.language import message
from sphinx_annals.pdf.markup import string, value
from sphinx_annals.pdf.typesetting import CompileError, compiler
from sphinx_annals.text import undecodable, write_if_changed

TEMPLATES = Path(__file__).parent / "templates"
BASE = TEMPLATES / "book.typ"
#: The copy with the definitions of a project.
_COPY = "design.typ"
_BUILT_IN = ("book.typ", "report.typ", "article.typ", "places.typ")
_DEFINES = re.compile(r"#let ([\w-]+)")
WORDS = {
    "p": message("p."),
    "chapter": message("ch."),
    "preface": message("Preface"),
    "bold-pages": message("Pages in bold type are those of the main entry."),
    "contents": message("Contents"),
    "figures": message("Figures"),
    "tables": message("Tables"),
}
"""The words that the design prints, by the names that it has for them."""
_ASK = """
#import {own} as own
#import "book.typ" as base
#let (own, base) = (dictionary(own), dictionary(base))
#metadata((
  anew: own.keys().filter(name => name in base and own.at(name) != base.at(name)),
  more: own.keys().filter(name => name not in base),
))<names>
"""


def put_design(template: Path, folder: Path, frame: str, fonts: typst.Fonts) -> list[str]:
    """Put a design into a folder; give the lines by which a file beside it imports all of it.

    *template* is the file of a project, or of this package; with one called ``theme.typ`` goes all
    that stands in its folder. *frame* is what :func:`words` gives. Raises OSError, and
    :exc:`CompileError` for a file of Typst that is not UTF-8.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _BUILT_IN:
        _copy(TEMPLATES / name, folder / name)
    if template.name == "theme.typ":
        shutil.copytree(template.parent, folder, copy_function=_copy, dirs_exist_ok=True)
    elif template.parent != TEMPLATES:
        _copy(template, folder / template.name)
    write_if_changed(folder / "words.typ", frame)
    if template == BASE:
        return [_import(folder, BASE.name, "*")]
    asked = _ASK.replace("{own}", string(template.name)).encode()
    try:
        answer = compiler(fonts, asked, root=str(folder)).query("<names>", field="value", one=True)
    except RuntimeError:  # the compiler says of the book what is wrong
        return [_import(folder, template.name, "*")]
    found: dict[str, list[str]] = json.loads(answer)
    copy = with_definitions(BASE.read_text(encoding="utf-8"), found["anew"], template.name)
    write_if_changed(folder / _COPY, copy)
    lines = [_import(folder, _COPY, "*")]
    if found["more"]:
        lines.append(_import(folder, template.name, ", ".join(found["more"])))
    return lines


def _copy(source: str | Path, target: str | Path) -> None:
    """Copy a file in one step, since another build into this folder may be reading it."""
    data = Path(source).read_bytes()
    if Path(source).suffix == ".typ":
        try:
            data.decode()
        except UnicodeDecodeError as error:
            line, fault = undecodable(error)
            raise CompileError(f"{source}:{line}: {fault}; save it as UTF-8") from error
    write_if_changed(Path(target), data)


def _import(folder: Path, name: str, what: str) -> str:
    return f"#import {string(f'{folder.parent.name}/{folder.name}/{name}')}: {what}"


def words(translated: Callable[[str], str], begin: str, sans: Sequence[str]) -> str:
    """Give the file with the words of the frame in a language, whose lines *begin* on a side and
    whose strong Chinese is set in the fonts *sans*.
    """
    said = "".join(f"  {name}: {value(translated(word))},\n" for name, word in WORDS.items())
    side = f"// The side on which its lines begin.\n#let begin = {string(begin)}\n"
    bold = f"// The fonts of what is strong in Chinese.\n#let sans = {value(list(sans))}\n"
    return f"// The words of the frame, by their names.\n#let words = (\n{said})\n{side}{bold}"


def with_definitions(text: str, names: Iterable[str], file: str) -> str:
    """Give the text of a design that takes the definitions of *names* from another file."""
    wanted, written, waiting = set(names), [], ""
    first = sorted(wanted - set(_DEFINES.findall(text)))
    for line in text.splitlines():
        if waiting and line.startswith("#"):
            written.append(f"#import {string(file)}: {waiting}")
            waiting = ""
        imports_end = written and written[-1].startswith("#import") and "#import" not in line
        if first and imports_end:  # behind all that it takes from others itself
            written.append(f"#import {string(file)}: {', '.join(first)}")
            first = []
        written.append(line)
        found = _DEFINES.match(line)
        waiting = found[1] if found and found[1] in wanted else waiting
    if waiting:
        written.append(f"#import {string(file)}: {waiting}")
    return "\n".join(written) + "\n"
