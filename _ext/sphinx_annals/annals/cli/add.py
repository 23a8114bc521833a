"""Write the beginning of a chapter, or of an object where its like stand.

Objects are events, treaties, people, organisations and places.

A chapter is a file beside the last one, and in the table of contents. An object
stands at the end of the document that has most of its kind; an event where
those before it stand. It gets an id that is free. Options may be given as
NAME=VALUE.

examples:
  sphinx-annals add chapter "The alliance breaks"
  sphinx-annals add event "Mao leaves for Moscow" date=1949-12-06 place=moscow
  sphinx-annals add person "Zhou Enlai" --id zhou-enlai --to apparatus/people.md
"""

import argparse
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx_annals.annals.cli.book import Book
from sphinx_annals.annals.importing import markup_of
from sphinx_annals.annals.model import Kind, read_as_meant
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.cli import Arguments, Change, appended, complain, offer, read_utf8
from sphinx_annals.dates import Day, parse
from sphinx_annals.sources import listed, shown, stands_alone
from sphinx_annals.text import did_you_mean, fold, meant_or_all, numbered, romanised

CHAPTER = "chapter"
_KINDS = [CHAPTER, *(kind.value for kind in Kind if kind is not Kind.ARTICLE)]
ARGUMENTS: Arguments = {
    "kind": {"metavar": "KIND", "choices": _KINDS, "help": ", ".join(_KINDS)},
    "title": {"metavar": "TITLE", "help": "what readers see"},
    "words": {"nargs": "*", "metavar": "NAME=VALUE", "help": "an option of its directive"},
    "--id": {"metavar": "ID", "help": "instead of one that is made of the title"},
    "--to": {"metavar": "FILE", "help": "the document to write to; it may be new"},
    "--dry-run": {"action": "store_true", "help": "show what would be written"},
}
_WORDS_OF_AN_ID = 6
_STUB = "…"
_NEIGHBOURS = {
    Kind.EVENT: (Kind.EVENT, Kind.TREATY),
    Kind.TREATY: (Kind.TREATY, Kind.EVENT),
    Kind.ORGANISATION: (Kind.ORGANISATION, Kind.PERSON),
}
"""Beside which kinds an object may stand, where there are none of its own."""
_TOLD = {Kind.EVENT: "date", Kind.TREATY: "signed"}
"""Kinds that are told in the order of time, and the option that says when."""


class RefusedError(Exception):
    """Why nothing is added."""


def run(args: argparse.Namespace, book: Book) -> int:
    """Write the stub; 1 if it is refused."""
    title = " ".join(args.title.split())
    try:
        if not title.isprintable() or not title:
            raise RefusedError(f"{args.title!r} is no title; write one line of text")
        if args.kind == CHAPTER:
            what, changes = _chapter(title, args, book)
        else:
            what, changes = _object(Kind(args.kind), title, args, book)
    except (RefusedError, ValueError) as refused:
        complain(f"{refused}; nothing is added")
        return 1
    where = f"{what} to {shown(changes[0].path)}"
    undone = "Nothing is written; leave --dry-run out."
    offer(changes, f"add {where}", f"Added {where}.", yes=not args.dry_run, undone=undone)
    return 0


def _chapter(title: str, args: argparse.Namespace, book: Book) -> tuple[str, list[Change]]:
    if args.words or args.id:
        raise RefusedError("a chapter has a title alone; leave the rest out")
    if args.to:
        path = Path(args.to)
        if path.exists():
            raise RefusedError(f"{shown(path)} exists already")
        _check(path, book)
    else:
        path = _beside_the_last(_slug(title) or CHAPTER, book)
    return f"chapter {title!r}", _new_document(path, title, _STUB, book)


def _object(
    kind: Kind, title: str, args: argparse.Namespace, book: Book
) -> tuple[str, list[Change]]:
    id = convert.identifier(args.id) if args.id else book.free_id(_slug(title) or kind.value)
    if book.free_id(id) != id:
        raise RefusedError(f"{id!r} exists already; free is {book.free_id(id)!r}")
    if not args.id:
        for path, stated in book.stated:
            if stated.kind is kind and fold(stated.title) == fold(title):
                has = f"{shown(path)} has {kind.with_article} of this name, {stated.id!r}"
                raise RefusedError(f"{has}; if this is another, give it an --id")
    options = _options(kind, args.words, book)
    path = Path(args.to) if args.to else _place_of(kind, options, book)
    _check(path, book)
    stub = markup_of(path.suffix).object(kind, title, {"id": id} | options, [_STUB])
    if not path.exists():
        return f"{kind.value} {id!r}", _new_document(path, book.heading([kind]), stub, book)
    before = read_utf8(path)
    addition = appended(before, f"{stub}\n")
    if not stands_alone(before, addition, path.suffix, 1):
        raise RefusedError(f"{shown(path)} ends within a directive; close its fence first")
    return f"{kind.value} {id!r}", [Change(path, before, before + addition)]


def _check(path: Path, book: Book) -> None:
    """Refuse what cannot be a document of the book."""
    if path.suffix not in book.sources.suffixes:
        allowed = " or ".join(book.sources.suffixes)
        raise RefusedError(f"{shown(path)} is no document; end its name in {allowed}")
    if not path.resolve().is_relative_to(book.root.resolve()):
        raise RefusedError(f"{shown(path)} is outside the project")


def _options(kind: Kind, words: Iterable[str], book: Book) -> dict[str, str]:
    """Read ``name=value`` as the directive will, and what is plainly meant by it.

    Raises RefusedError for what the directive would warn of.
    """
    fields = {field.name: field for field in book.schema[kind] if field.written}
    texts: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise RefusedError(f"{word!r} is no option; write NAME=VALUE")
        if name not in fields:
            hint = meant_or_all(name, fields, "it has:")
            raise RefusedError(f"{kind.with_article} has no option {name!r}{hint}")
        texts[name] = text
    values: dict[str, Any] = {}
    # what another option says how to read is read after it
    for name in sorted(texts, key=lambda name: fields[name].given != ""):
        field = fields[name]
        given = [values[field.given]] if field.given in values else []
        try:
            values[name], texts[name] = read_as_meant(field, texts[name], *given)
        except ValueError as error:
            raise RefusedError(f"{name}: {error}") from error
        for id in field.refers.ids(values[name]) if field.refers else ():
            if id not in book.objects and id not in book.aliases:
                raise RefusedError(f"{name}: there is no {id!r}{did_you_mean(id, book.objects)}")
    return texts


def _slug(title: str) -> str:
    """Give the first words of a title as an id has them."""
    bare = re.sub(r"\{[\w:-]+\}", " ", title)
    return "-".join(romanised(bare)[:_WORDS_OF_AN_ID])


def _place_of(kind: Kind, options: Mapping[str, str], book: Book) -> Path:
    """Give the document where an object of a kind is to stand, which may be a new one."""
    for neighbour in _NEIGHBOURS.get(kind, (kind,)):
        # not in what documents include, which is somebody's choice
        stated = [
            (path, found)
            for path in _in_order(book)
            for found in book.scans[path].stated
            if found.kind is neighbour
        ]
        paths = [path for path, _ in stated]
        if stated and kind in _TOLD:
            day = _first_day(options.get(_TOLD[kind], ""))
            dated = ((_first_day(found.option(_TOLD[neighbour])), path) for path, found in stated)
            before = [(first, n, path) for n, (first, path) in enumerate(dated) if first]
            return max((d for d in before if day and d[0] <= day), default=(0, 0, paths[-1]))[2]
        if stated:
            return max(dict.fromkeys(paths), key=paths.count)
    return _beside_the_last(kind.plural, book)


def _first_day(text: str) -> Day | None:
    with suppress(ValueError):
        return parse(text).span[0]
    return None


def _in_order(book: Book) -> list[Path]:
    """Give the documents, those that the root lists first, in its order."""
    places = {path: n for n, path in enumerate(_chapters(book))}
    return sorted(book.sources.documents, key=lambda path: places.get(path, len(places)))


def _chapters(book: Book) -> list[Path]:
    """Give the documents that the root document lists."""
    root = book.root_file
    names = listed(book.sources.texts[root], root.suffix)
    files = {book.docname(path): path for path in book.sources.documents}
    folder = Path(book.docname(root)).parent
    wanted = (name.lstrip("/") if name.startswith("/") else f"{folder}/{name}" for name in names)
    paths = (files.get(os.path.normpath(os.path.splitext(name)[0])) for name in wanted)
    return [path for path in paths if path]


def _beside_the_last(name: str, book: Book) -> Path:
    """Give a free file beside the last chapter: of the first table of contents, that is.

    A name that leads to none, as when all were deleted, or a pattern says where they are. Where
    chapters have numbers in front, it has the next one.
    """
    root = book.root_file
    first = listed(book.sources.texts[root], root.suffix, tables=1)
    chapters = [path for path in _chapters(book) if path.stem in {Path(n).stem for n in first}]
    named = [root.parent / (n.lstrip("/") + root.suffix) for n in first if "://" not in n]
    last = [root, *named, *chapters][-1]
    if chapters and (number := re.match(r"(\d+)(?=[-_])", last.stem)):
        name = f"{int(number[0]) + 1:0{len(number[0])}}{last.stem[number.end()]}{name}"
    paths = (last.with_name(f"{name}{last.suffix}") for name in numbered(name))
    return next(path for path in paths if not path.exists())


def _new_document(path: Path, title: str, body: str, book: Book) -> list[Change]:
    return book.new_document(path, f"{markup_of(path.suffix).heading(title)}\n\n{body}\n")
