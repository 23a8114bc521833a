"""Add objects from tables, TEI, Wikidata and CSL-JSON.

Shows what would be added; --yes writes it behind what the file has. What the
book has already, by id, identifier, or name and date, is shown and left out.
What cannot be read is reported with its line, and kept as a comment beside
its object.

CSV: rows of events, people, places, organisations or treaties. Columns are
known by common names; a file in TOML says what others mean (--mapping).
TEI: listPerson, listPlace, listOrg and listEvent.
Wikidata: entities, as Special:EntityData/Q5816.json gives them, and results
of queries, in JSON.
CSL-JSON: works, which go into the .bib file as sphinx-annals cite add does it.

examples:
  sphinx-annals import people.csv
  sphinx-annals import letters.csv --kind event --mapping letters.toml \\
      --to chapters/letters.md --yes
  sphinx-annals import listperson.xml listplace.xml --to people.md
  sphinx-annals import Q5816.json --languages en,zh-Hans,ru --to people.md
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from babel.lists import format_list

from sphinx_annals.annals.cli.book import Book
from sphinx_annals.annals.importing import (
    How,
    Known,
    Mapped,
    MappingError,
    Plan,
    Reading,
    Remark,
    kind_of,
    markup_of,
    plan,
    read,
    read_mapping,
    written,
)
from sphinx_annals.annals.model import Kind, Names
from sphinx_annals.cli import (
    NOT_YET,
    Arguments,
    Change,
    appended,
    complain,
    count,
    printable,
    read_utf8,
    write,
)
from sphinx_annals.sources import SUFFIXES, ProjectError, read_text, shown, stands_alone

ARGUMENTS: Arguments = {
    "files": {"metavar": "FILE", "nargs": "+", "help": "what to read"},
    "--to": {"metavar": "FILE", "help": "write behind what this .md or .rst file has"},
    "--kind": {
        "metavar": "KIND",
        "help": "what the objects are: event, treaty, person, organisation or place",
    },
    "--mapping": {"metavar": "FILE", "help": "what the columns of a table mean, in TOML"},
    "--languages": {
        "metavar": "TAGS",
        "help": "of the names to take from Wikidata, by commas; the first gives the title "
        "(otherwise that of the book)",
    },
    "--encoding": {"default": "", "metavar": "NAME", "help": "of a table that is not UTF-8"},
    "--all": {"action": "store_true", "help": "write also what the book has already"},
    "--yes": {"action": "store_true", "help": "write"},
}
_LINES_SHOWN = 5


def run(args: argparse.Namespace, book: Book) -> int:
    """Show or append the new objects; 1 if there are none, or a file holds nothing of use."""
    files = [(name, Path(name).read_bytes()) for name in args.files]
    how = _how(args, book)
    readings, code = [], 0
    for name, data in files:
        try:
            reading = read(data, shown(name), how)
        except MappingError as error:
            raise ProjectError(f"{shown(args.mapping or name)}: {error}") from error
        if reading is None:
            code = max(code, _add_works(data, shown(name), args, book))
        else:
            readings.append(reading)
    if not readings:
        return code
    planned = plan(readings, _known(book), every=args.all)
    target = Path(args.to) if args.to else None
    if target and target.suffix not in SUFFIXES:
        raise ProjectError(f"--to: write a file that ends in {' or '.join(SUFFIXES[:2])}")
    _report(readings, planned)
    if not planned.drafts:
        complain("Nothing new to add.")
        return 1
    before = read_utf8(target) if target else ""
    heading = "" if before.strip("\ufeff\r\n") else book.heading(_kinds(planned))
    text = _text(heading, planned, how, target.suffix if target else ".md")
    addition = appended(before, text)
    if target and not stands_alone(before, addition, target.suffix, len(planned.drafts)):
        raise ProjectError(f"{shown(target)} ends within a directive; close its fence first")
    code = max(code, int(any(not reading.drafts for reading in readings)))
    changes = _changes(target, before, before + addition, book) if target else []
    if not args.yes:
        print(printable(addition).strip("\n"))
        where = shown(target) if target else "a file"
        listed = f", and list that in {shown(changes[1].path)}" if changes[1:] else ""
        complain(f"Would add {_counted(planned)} to {where}{listed}. {NOT_YET}")
        return code
    if target is None:
        raise ProjectError("name the file to write with --to")
    write(changes)
    complain(f"Added {_counted(planned)} to {shown(target)}.")
    if changes[1:]:
        complain(f"{shown(target)} is new; {shown(changes[1].path)} lists it.")
    elif not before:
        complain(f"{shown(target)} is new; name it in a toctree.")
    return code


def _changes(target: Path, before: str, after: str, book: Book) -> list[Change]:
    """Give what is to be written; a new document of the book is listed in its root document."""
    inside = target.resolve().is_relative_to(book.root.resolve())
    if not target.exists() and inside and target.suffix in book.sources.suffixes:
        with suppress(ProjectError):  # there is no root document
            return book.new_document(target, after)
    return [Change(target, before if target.exists() else None, after)]


def _add_works(data: bytes, name: str, args: argparse.Namespace, book: Book) -> int:
    if book.add_works is None:
        raise ProjectError(f"{name} holds works, and nothing here looks after a bibliography")
    return book.add_works(data, name, args.yes)


def _known(book: Book) -> Iterator[Known]:
    """Give the objects that the book states."""
    for path, found in book.scans.items():
        text, line, at = book.sources.texts[path], 1, 0
        for stated in found.stated:
            line, at = line + text.count("\n", at, stated.directive.start), stated.directive.start
            if stated.kind is Kind.ARTICLE:
                continue
            options = {o.name: stated.option(o.name) for o in stated.directive.options}
            names = (name.text for name in Names().convert(options.get("names", "")))
            title = re.sub(r"\\([^\w\s])", r"\1", stated.title)
            known = stated.kind, stated.id, f"{shown(path)}:{line}"
            yield Known(*known, (title, *names), tuple(stated.aliases), options)


def _how(args: argparse.Namespace, book: Book) -> How:
    """Gather how files are to be read: by the book's settings, and as the user says."""
    own = book.language.replace("_", "-")
    languages = [tag.strip() for tag in (args.languages or own).split(",") if tag.strip()]
    try:
        kind = kind_of(args.kind) if args.kind else None
    except MappingError as error:
        raise ProjectError(f"--kind: {error}") from error
    mapped = Mapped()
    if args.mapping:
        try:
            mapped = read_mapping(read_text(Path(args.mapping)))
        except MappingError as error:
            raise ProjectError(f"{shown(args.mapping)}: {error}") from error
    return How(book.schema, kind, mapped, languages, args.encoding)


def _text(heading: str, planned: Plan, how: How, suffix: str) -> str:
    """Give the objects as their author writes them, under a heading if there is one."""
    markup = markup_of(suffix)
    objects = [written(draft, how.schema[draft.kind], markup) for draft in planned.drafts]
    if heading:
        objects.insert(0, markup.heading(heading))
    return "\n\n".join(objects) + "\n"


def _kinds(planned: Plan) -> Counter[Kind]:
    return Counter(draft.kind for draft in planned.drafts)


def _counted(planned: Plan) -> str:
    kinds = _kinds(planned).items()
    return format_list([count(n, kind.value, kind.plural) for kind, n in kinds], locale="en_GB")


def _report(readings: Sequence[Reading], planned: Plan) -> None:
    """Say what was not read, what the book has, and what may be one, each once with its lines."""
    remarks = [remark for reading in readings for remark in reading.remarks]
    for line in _grouped([*remarks, *planned.remarks]):
        complain(line)
    for reading in readings:
        for what, times in sorted(reading.unread.items()):
            complain(f"{reading.path}: {what} has no place here: {count(times, 'time')} not read")
        took = len(reading.drafts)
        complain(f"{reading.path}: {count(took, 'object')} read")
    if planned.present:
        complain(f"{count(len(planned.present), 'object')} left out that the book has (--all)")


def _grouped(remarks: Iterable[Remark]) -> Iterator[str]:
    """Give each thing that is remarked once, with the other lines to which it applies."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        groups.setdefault((remark.place.path, remark.message), []).append(remark)
    for first, *others in groups.values():
        lines = [str(other.place.line or other.place.within) for other in others]
        more = ", ".join(lines[:_LINES_SHOWN]) + (", …" if len(lines) > _LINES_SHOWN else "")
        yield f"{first} ({count(len(others), 'time')} more: {more})" if others else str(first)
