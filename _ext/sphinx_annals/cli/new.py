"""Make a book of your own, which builds as it is.

It has a title page, two chapters that show what there is, people, places and
sources, and what builds it here and elsewhere.

Asks for the language, the title and the author where they are not given and
somebody is there to answer. Nothing that exists is overwritten.

examples:
  sphinx-annals new my-book
  sphinx-annals new my-book --language de --title "Mein Buch" --author "A. Autor"
"""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Template

from sphinx_annals.cli.commands import Arguments
from sphinx_annals.cli.output import complain, count
from sphinx_annals.cli.writing import Change, write
from sphinx_annals.sources import ProjectError, shown
from sphinx_annals.text import did_you_mean, literal
from sphinx_annals.version import __version__

ARGUMENTS: Arguments = {
    "path": {"metavar": "PATH", "help": "the folder of the book; it need not exist"},
    "--language": {"metavar": "LANG", "help": "en, de, fr, ru, zh_CN or zh_TW"},
    "--title": {"metavar": "TITLE", "help": "otherwise made of the name of the folder"},
    "--author": {"metavar": "NAME", "help": "otherwise who git says that you are"},
}
TEMPLATE = Path(__file__).parent / "template"
COMMON = "common"
"""The folder of what is the same in every language; each other is that of a language."""
# Spellings of Chinese beside those of Sphinx.
SCRIPTS = {"zh": "zh_CN", "zh_hans": "zh_CN", "zh_sg": "zh_CN"} | dict.fromkeys(
    ("zh_hant", "zh_hk", "zh_mo"), "zh_TW"
)


class _Page(Template):
    """A file of the template: ``@@title`` is what nothing else in it looks like."""

    delimiter = "@@"


def run(args: argparse.Namespace, _: None) -> int:
    """Write the book; 1 if a file of it is there already."""
    if not args.path.strip():
        raise ProjectError("name the folder of the book: sphinx-annals new my-book")
    folder = Path(args.path)
    asked = f"Language ({', '.join(languages())})"
    language = _answer(asked, args.language, _usual_language(), _offered)
    title = _answer("Title", args.title, _usual_title(folder), _line)
    author = _answer("Author", args.author, _usual_author(), _line)
    words = {"language": language, "title": title, "author": author, "requirement": _requirement()}
    changes = [Change(folder / name, None, text) for name, text in files(words).items()]
    # a link that leads nowhere is there too
    taken = [shown(change.path) for change in changes if os.path.lexists(change.path)]
    if taken:
        others = f" and {len(taken) - 3} more" if len(taken) > 3 else ""
        complain(f"{', '.join(taken[:3])}{others}: there already; nothing is written")
        return 1
    write(changes)
    print(f"Made “{title}” in {shown(folder)}: {count(len(changes), 'file')}. Now:\n")
    print(f"  cd {shlex.quote(shown(folder))}\n  make book\n")
    print("README.md there tells the rest.")
    return 0


def files(words: Mapping[str, str]) -> dict[str, str]:
    """Give the files of a book by name, with the words in the places that are held for them."""
    found = {}
    for base in (TEMPLATE / COMMON, TEMPLATE / words["language"]):
        for path in sorted(base.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                quote = _QUOTED.get(path.suffix, str)
                quoted = {name: quote(word) for name, word in words.items()}
                page = _Page(path.read_text(encoding="utf-8"))
                found[path.relative_to(base).as_posix()] = page.substitute(quoted)
    return found


def languages() -> list[str]:
    """Give the languages that there is a template in, as Sphinx names them."""
    return sorted(path.name for path in TEMPLATE.iterdir() if path.name != COMMON)


_QUOTED: Mapping[str, Callable[[str], str]] = {
    ".md": literal,
    ".py": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
}


def _answer(name: str, given: str | None, usual: str, read: Callable[[str], str]) -> str:
    """Give what was given, or answered, or is usual; raises ProjectError for what is no answer."""
    if given is not None or not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return read(usual if given is None else given)
    while True:
        try:
            return read(input(f"{name} [{usual}]: ") or usual)
        except EOFError as error:
            raise ProjectError("no answer; nothing is written") from error
        except ProjectError as error:
            complain(str(error))


def _line(text: str) -> str:
    """Read a title or a name: one line of characters that can be printed."""
    line = " ".join(text.split())
    if not line.replace(" ", "").isprintable() or not line:
        raise ProjectError(f"{text!r} is no title or name; write one line of text")
    return line


def _offered(text: str) -> str:
    """Read the name of a language, in any of its spellings: ``zh-Hans``, ``de_AT.UTF-8``."""
    known = SCRIPTS | {name.casefold(): name for name in languages()}
    words = re.split(r"[-_]", text.partition(".")[0].casefold())
    for length in range(len(words), 0, -1):
        if name := known.get("_".join(words[:length])):
            return name
    hint = did_you_mean(text, known.values())
    raise ProjectError(f"no book in {text!r}; there are {', '.join(languages())}{hint}")


def _usual_language() -> str:
    """Give the language of whoever asks, or English."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    try:
        return _offered(next(filter(None, settings), "en"))
    except ProjectError:
        return "en"


def _usual_title(folder: Path) -> str:
    name = re.sub(r"[-_\s]+", " ", folder.resolve().name).strip()
    printable = "".join(char for char in name if char.isprintable())
    return f"{printable[:1].upper()}{printable[1:]}" or "My book"


def _usual_author() -> str:
    asking = ["git", "config", "user.name"]
    try:
        found = subprocess.run(asking, capture_output=True, text=True, check=False).stdout
        return _line(found)
    except (OSError, UnicodeError, ProjectError):
        return "A. Historian"


def _requirement() -> str:
    """Give where this package came from as pip takes it; what pip wrote down is PEP 610."""
    from importlib import metadata  # which takes longer to load than all other commands need

    name = "sphinx-annals[all]"
    try:
        noted = metadata.distribution("sphinx-annals").read_text("direct_url.json")
    except metadata.PackageNotFoundError:  # run from its own sources
        sources = Path(__file__).resolve().parents[3]
        return f"{name} @ {sources.as_uri()}"
    if not noted:
        return f"{name}=={__version__}"
    origin = json.loads(noted)
    system = origin.get("vcs_info")
    if system:
        return f"{name} @ {system['vcs']}+{origin['url']}@{system['commit_id']}"
    return f"{name} @ {origin['url']}"
