"""Builds at bad moments: killed, starved, misled. What happens, as the rows of a table.

    python tools/try_moments.py FOLDER [MOMENT …]      in a folder that is made for it

A book is made as `sphinx-annals new` makes it, built well, then harmed. For each moment the rows
say how often it was tried, the exit status, how often the output of the last good build was there
afterwards (byte for byte, or whole new files in its place), how often the next plain build gave
what a clean one gives, and what the harmed build said. Linux only; what needs root is left out
without it.
"""

from __future__ import annotations

import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
EPOCH = "1000000000"
BUILDERS = {"html": ".html", "typstpdf": ".pdf", "epub": ".epub"}
"""What is built, and how the files end that readers get."""
KILLS = 10
"""How often a build is killed, at random."""
ROOM = (0, 16)
"""What a disk has left, in KiB: nothing, or less than the changed page needs."""


@dataclass
class Book:
    """A book in a folder, and where its outputs are; *before* is put before each command."""

    source: Path
    out: Path
    before: list[str] = field(default_factory=list)

    def command(self, builder: str, *more: str) -> list[str]:
        """Give the command that builds it."""
        build = [str(BIN / "sphinx-build"), "-q", "-b", builder, "-d", str(self.out / "doctrees")]
        return [*self.before, *build, *more, str(self.source), str(self.out / builder)]

    def build(self, builder: str, *more: str) -> subprocess.CompletedProcess[str]:
        """Build it."""
        return run(self.command(builder, *more))

    def edit(self) -> None:
        """Change a chapter, so that a build has something to do; twice is as if never."""
        page, mark = self.source / "index.md", "\nOne more sentence.\n"
        text = page.read_text("utf-8")
        page.write_text(text.removesuffix(mark) if text.endswith(mark) else text + mark, "utf-8")

    def good(self, builder: str) -> dict[str, bytes]:
        """Give what readers get: the PDF, or the pages."""
        files = (self.out / builder).rglob(f"*{BUILDERS[builder]}")
        return {str(path.relative_to(self.out)): path.read_bytes() for path in files}

    def is_whole(self, builder: str, last: dict[str, bytes]) -> bool:
        """Tell whether the last good output is there, or whole files in its place."""
        now = self.good(builder)
        names = [name for name in now if now[name] != last.get(name)]
        return now.keys() >= last.keys() and all(is_whole(self.out / name) for name in names)


def is_whole(path: Path) -> bool:
    """Tell whether a file was written to its end."""
    if path.suffix == ".epub":
        try:
            with ZipFile(path) as book:
                return book.testzip() is None
        except BadZipFile:
            return False
    return path.read_bytes().rstrip().endswith((b"</html>", b"%%EOF"))


def run(command: Sequence[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command with the package of this checkout, at a time that stands still."""
    paths = {"PYTHONPATH": str(ROOT / "_ext"), "SOURCE_DATE_EPOCH": EPOCH}
    environment = {**os.environ, **paths}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Give the line that tells what is wrong; `Traceback` where there is one."""
    text = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # Sphinx shows each error, also one of its own that is a message, with the lines that led to it
    if errors := [line for line in lines if re.match(r"[\w.]*(Error|Exception): ", line)]:
        return errors[-1][:160]
    told = [line for line in lines if re.search("error|warning|cannot|kept", line, re.IGNORECASE)]
    return (told or [""])[0][:160]


@dataclass
class Row:
    """What came of one moment."""

    moment: str
    builder: str
    tried: int = 0
    codes: set[int] = field(default_factory=set)
    kept: int = 0
    mended: int = 0
    told: str = ""

    def note(
        self, book: Book, last: dict[str, bytes], done: subprocess.CompletedProcess[str]
    ) -> None:
        """Note a harmed build, and whether the last good output is there after it."""
        self.tried += 1
        self.codes.add(done.returncode)
        self.kept += not done.returncode or book.is_whole(self.builder, last)
        self.told = said(done) or self.told

    def mend(self, book: Book) -> None:
        """Build again, plainly, and compare with a clean build of the same source."""
        after = book.build(self.builder)
        self.mended += not after.returncode and book.good(self.builder) == clean(book, self.builder)

    def __str__(self) -> str:
        codes = ", ".join(map(str, sorted(self.codes)))
        cells = (self.moment, self.builder, self.tried, codes, self.kept, self.mended, self.told)
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def clean(book: Book, builder: str) -> dict[str, bytes]:
    """Give what a clean build gives; it is built once for each state of the source."""
    state = (book.source / "index.md").stat().st_size
    anew = Book(book.source, book.out.parent / f"clean-{state}")
    if not (anew.out / builder).is_dir():
        anew.build(builder)
    return anew.good(builder)


def killed(book: Book, builder: str) -> Row:
    """Kill a build that reads and writes all, at random points."""
    row, chance = Row("killed", builder), random.Random(7)
    begun = time.monotonic()
    book.build(builder, "-E")
    takes = time.monotonic() - begun
    for _ in range(KILLS):
        last = book.good(builder)
        book.edit()
        after = f"{takes * chance.uniform(0.05, 1):.2f}"
        command = ["timeout", "--signal=KILL", after, *book.command(builder, "-E")]
        row.note(book, last, run(command))
        row.mend(book)
    return row


HARMS: Sequence[Callable[[bytes], bytes]] = (
    lambda data: data[: len(data) // 2],
    lambda _: b"",
    lambda _: b"\x80\x05noise",
)


@contextmanager
def mounted(*options: str) -> Iterator[None]:
    """Mount a file system for a while; the last option says where."""
    subprocess.run(["mount", *options], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", options[-1]], check=True)


def full_disk(book: Book, builder: str) -> Row:
    """Build where some KiB are left, or none: for the output alone, then for all that is kept."""
    row = Row("full disk", builder)
    for whole in (False, True):
        small = Book(book.source, book.out.parent / f"small-{builder}-{whole}")
        disk = small.out if whole else small.out / builder
        disk.mkdir(parents=True)
        with mounted("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)):
            small.build(builder)
            for left in ROOM:
                last = small.good(builder)
                fill(disk / ".filling", left)
                small.edit()
                row.note(small, last, small.build(builder))
                (disk / ".filling").unlink()
                row.mend(small)
    return row


def once(
    moment: str,
    book: Book,
    builder: str,
    *more: str,
    harmed: Book | None = None,
    around: AbstractContextManager[None] | None = None,
) -> Row:
    """Build once, harmed or with something around it, and then as usual."""
    row, last, harmed = Row(moment, builder), book.good(builder), harmed or book
    with around or nullcontext():
        row.note(harmed, last, harmed.build(builder, *more))
    row.mend(book)
    return row


def fill(path: Path, left: int) -> None:
    """Fill a disk but for some KiB."""
    disk = os.statvfs(path.parent)
    with path.open("wb") as stream:
        stream.write(b"x" * max(disk.f_bavail * disk.f_frsize - left * 1024, 0))


def unwritable(book: Book, builder: str) -> Row:
    """Build where nothing can be written."""
    book.edit()
    around = mounted("--bind", "-o", "ro", str(book.out), str(book.out))
    return once("unwritable output", book, builder, around=around)


def read_only(book: Book, builder: str) -> Row:
    """Build from where nothing can be written."""
    around = mounted("--bind", "-o", "ro", str(book.source), str(book.source))
    return once("read-only source", book, builder, "-E", around=around)


def spoilt(book: Book, builder: str) -> Row:
    """All that was built at once: cut short, emptied, filled with noise."""
    row = Row("spoilt output", builder)
    for harm in HARMS:
        for path in (book.out / builder).rglob("*"):
            if path.is_file():
                path.write_bytes(harm(path.read_bytes()))
        row.note(book, {}, book.build(builder))
        row.mend(book)
    return row


def corrupted(book: Book, builder: str) -> Row:
    """Each file that is kept from build to build in turn: cut short, emptied, filled with noise."""
    row = Row("corrupted caches", builder)
    kept = [path for path in (book.out / "doctrees").rglob("*") if path.is_file()]
    kept += [path for path in (book.out / builder).glob(".*") if path.is_file()]
    for harm in HARMS:
        last = book.good(builder)
        book.edit()
        for path in kept:
            if path.is_file():
                path.write_bytes(harm(path.read_bytes()))
        row.note(book, last, book.build(builder))
        row.mend(book)
    return row


def no_fonts(book: Book, builder: str) -> Row:
    """Build without the fonts that the design names, with warnings as errors."""
    without = "-E", "-W", "-D", "typst_font_packages=none-such"
    return once("font packages missing", book, builder, *without)


def no_network(book: Book, builder: str) -> Row:
    """Build where there is no network at all."""
    alone = Book(book.source, book.out, ["unshare", "--net"])
    return once("no network", book, builder, "-E", harmed=alone)


def together(book: Book, builder: str) -> Row:
    """Build twice at once into one folder."""
    row = Row("two builds in one folder", builder)
    for _ in range(2):
        last = book.good(builder)
        one = shlex.join(book.command(builder, "-E"))
        row.note(book, last, run(["bash", "-c", f"{one} & {one}; a=$?; wait $!; exit $((a + $?))"]))
        row.mend(book)
    return row


def elsewhere(book: Book, builder: str) -> Row:
    """Build in a folder with a name that shells and addresses would misread."""
    odd = book.out.parent / "моя 书 & 'book' #1"
    shutil.copytree(book.source, odd / "src", dirs_exist_ok=True)
    there = Book(odd / "src", odd / "out")
    return once("spaces and other scripts in paths", there, builder)


def linked(book: Book, builder: str) -> Row:
    """Build from a symbolic link."""
    link = book.out.parent / "link"
    link.unlink(missing_ok=True)
    link.symlink_to(book.source)
    there = Book(link, book.out.parent / "linked")
    return once("source behind a symbolic link", there, builder)


def hostile(book: Book, builder: str) -> Row:
    """Commands read conf.py and do not run it; what runs would leave a file."""
    row = Row("conf.py that would run", builder)
    ran = book.out.parent / "ran"
    conf = book.source / "conf.py"
    text = conf.read_text("utf-8")
    conf.write_text(f"open({str(ran)!r}, 'w')\n{text}\nopen({str(ran)!r}, 'w')\n", "utf-8")
    for command in ("cite check", "cite search a", "rename transfer moved", "add event Something"):
        done = run([str(BIN / "python"), "-m", "sphinx_annals", *command.split()], book.source)
        row.tried += 1
        row.codes.add(done.returncode)
        row.kept += not ran.exists()
        row.told = said(done) or row.told
    conf.write_text(text, "utf-8")
    row.mended = row.kept
    return row


Moment = Callable[[Book, str], Row]
ALWAYS: Mapping[str, Moment] = {
    "killed": killed,
    "corrupted": corrupted,
    "spoilt": spoilt,
    "together": together,
    "fonts": no_fonts,
    "elsewhere": elsewhere,
    "linked": linked,
    "conf": hostile,
}
AS_ROOT: Mapping[str, Moment] = {
    "unwritable": unwritable,
    "read-only": read_only,
    "network": no_network,
    "full": full_disk,
}


def main(arguments: Sequence[str]) -> int:
    """Try all, or those that are named, and print the rows."""
    folder = Path(arguments[0]).resolve()
    moments = {**(AS_ROOT if os.geteuid() == 0 else {}), **ALWAYS}
    moments = {name: moments[name] for name in arguments[1:] or moments}
    folder.mkdir(parents=True)
    book = Book(folder / "book", folder / "out")
    made = [str(BIN / "python"), "-m", "sphinx_annals", "new", str(book.source)]
    run([*made, "--title", "A book", "--author", "A", "--language", "en"])
    for builder in BUILDERS:
        book.build(builder)
    print("| moment | builder | tried | exit | last good output kept | next build whole | said |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for moment in moments.values():
        for builder in BUILDERS if moment is not hostile else ("commands",):
            print(moment(book, builder), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
