"""The words of CSL-JSON 1.0.2 beside those of biblatex, said once for reading and for writing.

Sources: the schema `csl-data.json`; the CSL specification, appendices III and IV.
"""

from __future__ import annotations

from collections.abc import Mapping

_TYPES = """
article                 unpublished
article-journal         article         article
article-magazine        article         magazine
article-newspaper       article         newspaper
bill                    legal
book                    book            book collection reference proceedings manual
broadcast               video
chapter                 incollection    incollection inbook
classic                 book
collection              archival
dataset                 dataset         dataset
document                misc
entry                   inreference
entry-dictionary        inreference
entry-encyclopedia      inreference     inreference
figure                  image
graphic                 image           image artwork
hearing                 legal           hearing
interview               misc            interview
legal_case              legal           jurisdiction
legislation             legal           legal
manuscript              unpublished     unpublished archival
map                     image           map
motion_picture          video           video
musical_score           misc
pamphlet                booklet         booklet
paper-conference        inproceedings   inproceedings
patent                  patent          patent
performance             misc            performance
periodical              periodical      periodical
personal_communication  letter          letter
post                    online
post-weblog             online          blog
regulation              legal
report                  report          report
review                  article         review
review-book             article
software                software        software
song                    audio           audio
speech                  unpublished
standard                report          standard
thesis                  thesis          thesis
treaty                  legal           treaty
webpage                 online          online
"""
_ROWS = [row.split() for row in _TYPES.strip().splitlines()]
READ_AS: Mapping[str, str] = {row[0]: row[1] for row in _ROWS}
"""The type of an entry for each type of CSL."""
WRITTEN_AS: Mapping[str, str] = {name: row[0] for row in _ROWS for name in row[2:]}
"""The type of CSL for a type, as the model or the file has it, or a subtype of an entry."""

_VARIABLES = """
title               title
title-short         shorttitle
collection-title    series
volume              volume
issue               number
number              number
collection-number   number
page                pages
edition             edition
publisher           publisher organization institution
publisher-place     location
archive             library
archive_location    shelfmark
event-title         eventtitle
event-place         venue
number-of-pages     pagetotal
number-of-volumes   volumes
genre               type
language            langid
note                note howpublished
DOI                 doi
ISBN                isbn
ISSN                issn
URL                 url
abstract            abstract
keyword             keywords
original-title      origtitle titleoriginal
section             chapter
status              pubstate
version             version
"""
VARIABLES: Mapping[str, tuple[str, ...]] = {
    name: tuple(fields) for name, *fields in map(str.split, _VARIABLES.strip().splitlines())
}
"""The fields that a variable of CSL is written from; it is read into the first of them."""
OLDER = {"shortTitle": "title-short", "event": "event-title"}
"""Names that variables had in CSL 1.0.1, which Zotero still writes."""
NAMES: Mapping[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "director": "director",
    "container-author": "bookauthor",
    "recipient": "recipient",
    "interviewer": "interviewer",
    "original-author": "origauthor",
}
DATES: Mapping[str, str] = {
    "issued": "date",
    "accessed": "urldate",
    "original-date": "origdate",
    "event-date": "eventdate",
}
VERBATIM = frozenset({"doi", "url", "isbn", "issn"})
"""Fields that are no TeX: an address keeps its ``~`` and ``%``."""
