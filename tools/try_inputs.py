"""Inputs that nobody means to write: made by the thousand from a seed, and built by every builder.

    python tools/try_inputs.py --seed 7 --count 5000 --minutes 30 [--builders html,text]

A finding is: an error, a crash or a hang; a warning without the place that it is about; a word
lost where it stands on its own, or without a warning within a directive of this package; a file
that cannot be read; text of a chapter that became markup. Each is tried with MyST and Sphinx alone:
what persists there is theirs, what does not is made as short as it stays one. The exit status is 1
where there is such a one. `--only N` with the same seed builds one chapter again.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import mode
from types import FrameType
from typing import Any

from docutils.nodes import Node
from inputs import EXTENSIONS, MADE, WHOLE, Chapter, Grammar, grammar
from lxml import etree, html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

AT_ONCE = 200
"""How many chapters are built together."""
PATIENCE = 90
"""How many seconds of a processor a build of them may take; it takes a tenth of it."""
MEMORY = 6 << 30
CONF = """
project = author = "Book"
copyright = "2026, A"
version = "1"
html_theme = "basic"
html_copy_source = False
suppress_warnings = ["epub.unknown_project_files"]
myst_disable_syntax = ["html_inline", "html_block"]
myst_substitutions = {"known": "*known*"}
"""
BARE = 'extensions = ["myst_parser"]\n'
VARIED: Mapping[str, Sequence[str]] = {
    "language": ("en", "en", "ru", "de", "zh_CN"),
    "annals_layout": ("card", "margin"),
    "citations_style": ("author-date", "notes"),
    "numfig": (False, True),
    "untrusted_chapters": (False, False, True),
}
DOCUTILS = "[general]\nraw_enabled: no\n"
THEIRS: Sequence[str] = MADE["theirs"]
"""What Sphinx, docutils or MyST say or do by themselves, as was seen without this package."""


@dataclass(frozen=True)
class Finding:
    """What is not as it should be: its kind, what is said of it, and where it was seen."""

    kind: str
    said: str
    builder: str
    chapter: str = ""

    @property
    def like(self) -> tuple[str, str]:
        """What findings with one cause have in common."""
        if known := next((known for known in THEIRS if re.search(known, self.said)), None):
            return "theirs", known
        said = re.sub(r"'.*'|\".*\"|“.*”|\b\w*\d\w*\b|\S{30,}", "…", self.said)
        return self.kind, said[:90]


@dataclass
class Outcome:
    """What a build said, or what ended it, and the chapter that it was at."""

    warnings: list[str] = field(default_factory=list)
    error: str = ""
    at: str = ""


class Said(io.StringIO):
    """Keeps each warning as one text, however many lines it has."""

    def __init__(self) -> None:
        super().__init__()
        self.each: list[str] = []

    def write(self, text: str) -> int:
        """Keep a warning, as Sphinx writes it."""
        self.each.append(re.sub(r"\x1b\[[\d;]*m", "", text))
        return len(text)


@dataclass(frozen=True)
class Trial:
    """Chapters that are built together, in a folder, with the first lines of a `conf.py`."""

    folder: Path
    conf: str
    own: Sequence[str] = ()
    """The directives that lose no words without a warning."""
    placed: set[str] = field(default_factory=set)
    """The files that warnings of any builder have named: most come while chapters are read."""

    def write(self, chapters: Sequence[Chapter]) -> None:
        """Write a project of these chapters, and no other."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.placed.clear()
        self.keep(chapters)

    def keep(self, chapters: Sequence[Chapter]) -> None:
        """Leave only these chapters of the project; what was read of them stays read."""
        source = self.folder / "src"
        source.mkdir(parents=True, exist_ok=True)
        names = "\n".join(c.name for c in chapters)
        libraries = {f"{c.name}.bib": c.library for c in chapters if c.library}
        listed = f"bibtex_bibfiles = {['known.bib', *libraries]}\n"
        files = {
            "conf.py": self.conf + CONF + listed + f"myst_enable_extensions = {EXTENSIONS}\n",
            "docutils.conf": DOCUTILS,
            "known.bib": MADE["library"],
            "known.md": MADE["known"],
            "pic.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
            "index.md": f"# Book\n\n```{{toctree}}\nknown\n{names}\n```\n",
            **libraries,
            **{f"{c.name}.md": c.text for c in chapters},
        }
        for path in source.iterdir():
            if path.name not in files or path.read_bytes() != files[path.name].encode():
                path.unlink()
        for name, text in files.items():
            if not (source / name).is_file():
                (source / name).write_bytes(text.encode())

    def build(self, builder: str) -> Outcome:
        """Build in a process of its own, which has its time and its memory."""
        read = self.folder / "doctrees" / "environment.pickle"
        known = read.read_bytes() if read.is_file() else b""
        forked = multiprocessing.get_context("fork")
        mine, theirs = forked.Pipe(duplex=False)
        process = forked.Process(target=_answer, args=(self.folder, builder, theirs))
        process.start()
        theirs.close()
        try:
            outcome: Outcome = mine.recv()
        except EOFError:
            outcome = Outcome(error="the process is ended: it hangs, or asks for too much memory")
        process.join()
        if outcome.error and known:
            read.write_bytes(known)  # Sphinx deletes it after an error, and would read all again
        return outcome

    def findings(self, chapters: Sequence[Chapter], builder: str) -> Iterator[Finding]:
        """Build with a builder, and give what is wrong."""
        outcome = self.build(builder)
        if outcome.error:
            yield Finding("error", outcome.error, builder, outcome.at)
            return
        for warning in outcome.warnings:
            if place := self._place(warning):
                self.placed.add(place)
            else:
                yield Finding("no place", warning, builder, _named(warning))
        yield from self._lost(chapters, builder)
        for path in sorted(p for p in (self.folder / builder).rglob("*") if p.is_file()):
            fault = fault_of(path)
            if fault:
                yield Finding("file", f"{path.suffix}: {fault}", builder, _named(path.name))

    def _place(self, warning: str) -> str:
        """Give the file of a warning that names it with one of its lines, as it should."""
        match = re.match(r"(.+?\.(?:md|bib)):(\d+): (?:WARNING|ERROR|SEVERE|CRITICAL)", warning)
        path = Path(match[1]) if match else None
        if not match or not path or not path.is_file():
            return ""
        lines = path.read_text("utf-8").count("\n") + 1
        return path.stem if 1 <= int(match[2]) <= lines else ""

    def _lost(self, chapters: Sequence[Chapter], builder: str) -> Iterator[Finding]:
        if builder.startswith("annals"):  # which print no chapters
            return
        shown = words_of(self.folder / builder)
        for chapter in chapters:
            for word in (word for word in chapter.words if word not in shown):
                around = chapter.within(word)
                mine = re.match(r"\{([\w:-]+)\}", around)
                if not around:
                    yield Finding("lost", "a word on its own", builder, chapter.name)
                elif mine and mine[1] in self.own and chapter.name not in self.placed:
                    yield Finding("lost", f"within {mine[1]}", builder, chapter.name)
            at = [
                shown[word] for word in chapter.words if word in shown and not chapter.within(word)
            ]
            if builder in IN_ORDER and at != sorted(at):
                yield Finding("order", "words change places", builder, chapter.name)


def _named(text: str) -> str:
    match = re.search(r"\bc\d+\b", text)
    return match[0] if match else ""


def _answer(folder: Path, builder: str, answer: Connection) -> None:
    """Build with as much time and memory as a process may have, and send what came of it."""
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answer.send(run(folder, builder))


def run(folder: Path, builder: str) -> Outcome:
    """Build as `sphinx-build` does, and give what came of it."""
    said = Said()
    outcome = Outcome(said.each)
    # that of translations keeps other things in them
    out = (folder / builder, folder / ("texts" if builder == "gettext" else "doctrees"))
    source = folder / "src"
    try:
        with redirect_stdout(io.StringIO()), patch_docutils(source), docutils_namespace():
            Sphinx(source, source, *out, builder, status=None, warning=said).build()
    except BaseException as error:
        frames = list(traceback.walk_tb(error.__traceback__))
        codes = [frame.f_code for frame, _ in frames]
        # where the stack ends is chance, what fills it is the cause
        code = mode(codes) if isinstance(error, RecursionError) else codes[-1]
        place = f"{Path(code.co_filename).name}, {code.co_name}"
        outcome.error = f"{type(error).__name__} in {place}: {error}"
        # what is written is a node that knows its source, or a document by its name
        held = [f"{frame.f_locals.get('docname')} {_source(frame)}" for frame, _ in frames]
        outcome.at = next(filter(None, map(_named, reversed(held))), "")
    return outcome


def _source(frame: FrameType) -> str | None:
    node = frame.f_locals.get("node")
    while isinstance(node, Node) and node.source is None:
        node = node.parent
    return node.source if isinstance(node, Node) else None


READ = (".html", ".xhtml", ".xml", ".txt", ".tex", ".texi", ".typ", ".pot", ".fjson", ".pdf")
READ += (".1", ".pseudoxml")
IN_ORDER = ("typst", "typstpdf", "latex", "text", "singlehtml")


def words_of(folder: Path) -> dict[str, int]:
    """Give the words of chapters in an output by their order."""
    found: dict[str, int] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in READ):
        for match in re.finditer(r"\bq\d+q\d+q\b", _text(path)):
            found.setdefault(match[0], len(found))
    return found


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        command = ["pdftotext", str(path), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    data = path.read_bytes()
    if path.suffix not in (".html", ".xhtml"):
        return data.decode(errors="replace")
    tree = html.fromstring(data)
    return str(tree.text_content())


def fault_of(path: Path) -> str:
    """Tell what is wrong with a file: it cannot be read, or a text of a chapter is markup."""
    data = path.read_bytes()
    try:
        if path.suffix in (".json", ".jsonld", ".geojson", ".fjson"):
            json.loads(data)
        elif path.suffix in (".xhtml", ".xml", ".svg", ".opf", ".ncx"):
            etree.fromstring(data, etree.XMLParser(huge_tree=True))
        elif path.suffix == ".html":
            Tags().feed(data.decode(errors="replace"))
        if path.suffix in (".html", ".xhtml"):
            return next(map(str, leaks(html.fromstring(data))), "")
        if path.suffix in (".tex", ".typ", ".txt", ".csv", ".ics", ".bib"):
            control = re.search(r"[\x00-\x08\x0e-\x1f\ufffe]", data.decode())
            return f"holds {control[0]!r}" if control else ""
    except (ValueError, etree.LxmlError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def leaks(tree: html.HtmlElement) -> Iterator[str]:
    """Give what runs in a page, and was text in a chapter."""
    for element in tree.iter(etree.Element):
        runs = element.tag == "script" and "json" not in element.get("type", "")
        if runs and "qxss" in (element.text or ""):
            yield "a script runs"
        for name, value in element.attrib.items():
            leads = name.endswith(("href", "src", "action", "data")) and value.startswith(
                "javascript:"
            )
            if "qxss" in value and (name.startswith("on") or leads):
                yield f"{name} of {element.tag} runs"


VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"]
)


class Tags(HTMLParser):
    """Reads a page, and raises a ValueError where a tag is closed that is not the last open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Note a tag."""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes what is not open")


@dataclass
class Search:
    """Goes through chapters and builders, and keeps what it finds, and tells of each kind once."""

    folder: Path
    builders: Sequence[str]
    seed: int
    found: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)
    ours: set[tuple[str, str]] = field(default_factory=set)
    """The kinds that are not Sphinx's; what is, in one chapter, may not be in the next."""
    tried: int = 0

    def go(self, made: Grammar, numbers: range) -> None:
        """Try the chapters of these numbers."""
        chapters = [made.chapter(random.Random(f"{self.seed}/{n}"), n) for n in numbers]
        draw = random.Random(f"{self.seed}/{numbers.start // AT_ONCE * AT_ONCE}")
        said = {name: draw.choice(values) for name, values in VARIED.items()}
        conf = WHOLE + "".join(f"{name} = {value!r}\n" for name, value in said.items())
        trial = Trial(self.folder / "all", conf, made.own)
        trial.write(chapters)
        for builder in self.builders:
            while fatal := self.note(trial, chapters, builder):
                chapters = [c for c in chapters if c not in fatal] or chapters[1:]
                trial.keep(chapters)
        self.tried += len(numbers)

    def note(self, trial: Trial, chapters: list[Chapter], builder: str) -> list[Chapter]:
        """Note what is found with a builder; give the chapters that ended the build, if any did."""
        fatal: list[Chapter] = []
        for finding in trial.findings(chapters, builder):
            like = finding.like
            self.found.setdefault(like, []).append(finding)
            unknown = like[0] != "theirs" and like not in self.ours
            if unknown or finding.kind == "error":
                alone = Trial(self.folder / "alone", trial.conf, trial.own)
                culprits = self.culprits(alone, chapters, finding)
                if unknown:
                    self.tell(alone, culprits[0], chapters, finding)
                if finding.kind == "error":
                    fatal = culprits
        return fatal

    def persists(self, trial: Trial, chapters: list[Chapter], finding: Finding) -> bool:
        """Tell whether chapters alone show a finding."""
        trial.write(chapters)
        return any(f.like == finding.like for f in trial.findings(chapters, finding.builder))

    def culprits(self, trial: Trial, chapters: list[Chapter], finding: Finding) -> list[Chapter]:
        """Give the fewest chapters that show a finding."""
        named = [c for c in chapters if c.name == finding.chapter]
        if named:
            return named
        while len(chapters) > 1:
            half = len(chapters) // 2
            parts = (chapters[:half], chapters[half:])
            part = next((p for p in parts if self.persists(trial, p, finding)), None)
            if part is None:
                break
            chapters = part
        return chapters

    def is_theirs(self, trial: Trial, chapters: list[Chapter], finding: Finding) -> bool:
        """Tell whether chapters show a finding with MyST and Sphinx alone, as they are set, or with
        notes in the place of our directives, of which these know none.
        """
        if finding.builder.startswith(("annals", "typst")):
            if finding.kind != "no place":
                return False
            finding = replace(finding, builder="html")  # it is told of a document as it is read
        bare = Trial(self.folder / "bare", trial.conf.replace(WHOLE, BARE))
        own = re.compile(r"\{(?:" + "|".join(map(re.escape, trial.own)) + r")\}")
        noted = [replace(c, pieces=tuple(own.sub("{note}", p) for p in c.pieces)) for c in chapters]
        return any(self.persists(bare, tried, finding) for tried in (chapters, noted))

    def shortest(self, trial: Trial, chapter: Chapter, finding: Finding, tries: int) -> Chapter:
        """Give the shortest chapter that shows a finding, as far as some tries lead."""
        for shorter in chapter.shorter():
            if not tries:
                break
            tries -= 1
            if shorter != chapter and self.persists(trial, [shorter], finding):
                return self.shortest(trial, shorter, finding, tries)
        return chapter

    def tell(self, trial: Trial, chapter: Chapter, among: list[Chapter], finding: Finding) -> None:
        """Print a finding with the shortest chapter that shows it, and whose it is."""
        theirs = self.is_theirs(trial, [chapter], finding)
        if theirs and len(self.found[finding.like]) > 1:
            return
        if not theirs and self.persists(trial, [chapter], finding):
            chapter = self.shortest(trial, chapter, finding, 30)
        each = ([chapter], among)
        theirs = theirs or any(self.is_theirs(trial, c, finding) for c in each)
        if not theirs:
            self.ours.add(finding.like)
        print(f"\n== {finding.kind}, {'theirs' if theirs else 'OURS'}, in {finding.builder}")
        print(finding.said[:600].rstrip())
        again = f"--seed {self.seed} --only {chapter.number} --builders {finding.builder}"
        print(f"-- {again}")
        print(chapter.text[:1500])
        if chapter.library:
            print("-- its .bib\n" + chapter.library[:600])
        sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Try as many as are asked for, or as the time allows."""
    parser = argparse.ArgumentParser(description="Build inputs that nobody means to write.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--builders", default="")
    parser.add_argument("--only", type=int, help="one chapter, by its number")
    asked = parser.parse_args(arguments)
    end = time.monotonic() + asked.minutes * 60
    made = grammar()
    builders = asked.builders.split(",") if asked.builders else made.builders
    starts = range(0, asked.count, AT_ONCE)
    with tempfile.TemporaryDirectory() as folder:
        warm = Trial(Path(folder) / "warm", WHOLE)
        warm.write([])
        run(warm.folder, "html")  # what is imported here is not imported by each process
        search = Search(Path(folder), builders, asked.seed)
        if asked.only is not None:
            search.go(made, range(asked.only, asked.only + 1))
        for start in starts if asked.only is None else ():
            if time.monotonic() > end:
                break
            search.go(made, range(start, min(start + AT_ONCE, asked.count)))
            print(f"... {search.tried} chapters, {len(search.found)} kinds", flush=True)
    for (kind, said), each in sorted(search.found.items()):
        print(f"{len(each):5} {kind}: {said}")
    print(f"{search.tried} chapters, {len(builders)} builders, {len(search.ours)} findings of ours")
    return 1 if search.ours else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
