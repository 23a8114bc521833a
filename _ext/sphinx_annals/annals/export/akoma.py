"""Akoma Ntoso 3.0 (OASIS LegalDocML): one document for each treaty.

The book gives the substance of the provisions in its own words and, where authors nest
``text``, their wording in one or more languages; the document says which is which.
"""

import re
from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sphinx_annals.annals.export.base import COUNTED, Download, Format
from sphinx_annals.annals.export.publication import Publication, file_name, iso_day
from sphinx_annals.annals.model import Article, Kind, Place, Record, Treaty
from sphinx_annals.dates import HistoricalDate
from sphinx_annals.language import message
from sphinx_annals.text import without_controls

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
UNKNOWN = "0001-01-01"
"""Stands for a date that is not known, since the schema demands one."""
COUNTRY = "zz"
"""A treaty is no country's own: ISO 3166 leaves this code to its users."""
_THREE_LETTERS = (
    "en:eng ru:rus zh:zho de:deu fr:fra es:spa it:ita ja:jpn ko:kor uk:ukr pl:pol pt:por nl:nld "
    "cs:ces hu:hun tr:tur vi:vie mn:mon ar:ara fa:fas la:lat"
)
LANGUAGES = dict(pair.split(":") for pair in _THREE_LETTERS.split())

_REFERENCES = {
    Kind.PERSON: "TLCPerson",
    Kind.ORGANISATION: "TLCOrganization",
    Kind.PLACE: "TLCLocation",
}


class _Maker:
    """Makes elements by name, of text, elements and attributes: ``_E.p("text", eId="p")``."""

    def __call__(self, tag: str, *content: str | Element, **attributes: str) -> Element:
        made = Element(tag, attributes)
        for part in content:
            if isinstance(part, str):
                made.text = part
            else:
                made.append(part)
        return made

    def __getattr__(self, tag: str) -> partial[Element]:
        return partial(self, tag)


_E = _Maker()


def export(publication: Publication) -> dict[str, bytes]:
    """Give a document for each treaty by the name of its file."""
    found = {}
    for treaty in publication.catalogue.of_type(Treaty):
        act = _E.act(
            _meta(treaty, publication),
            _preface(treaty, publication),
            _E.body(*_body(treaty, publication)),
            name=treaty.treaty_kind,
            contains="originalVersion",
        )
        root = _E.akomaNtoso(act, xmlns=NAMESPACE)
        ElementTree.indent(root)
        xml = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
        found[_file(treaty)] = xml + b"\n"
    return found


def clean(text: str) -> str:
    """Give text on one line, without what XML 1.0 cannot hold."""
    return " ".join(without_controls(text).split())


def _file(treaty: Treaty) -> str:
    return f"treaties/{file_name(treaty.id)}.xml"


def _uri(treaty: Treaty) -> str:
    """Give the name of a treaty by the Akoma Ntoso Naming Convention."""
    kind, number = treaty.treaty_kind, file_name(treaty.id)
    return f"/akn/{COUNTRY}/act/{kind}/{_day(treaty.signed)}/{number}"


def _day(date: HistoricalDate | None) -> str:
    return iso_day(date.earliest if date else None) or UNKNOWN


def _meta(treaty: Treaty, publication: Publication) -> Element:
    found = (publication.catalogue.find(id) for id in treaty.parties)
    parties = [f"#{_reference_id(r)}" for r in found if r and r.kind in (*_REFERENCES, Kind.TREATY)]
    language = LANGUAGES.get(publication.site.language.split("-")[0].lower(), "und")
    work = _level("Work", treaty, "", parties or [""])
    # The schema wants the elements of a level in one order, with the alias before the date.
    work.insert(2, _E.FRBRalias(value=clean(treaty.title), name="title"))
    work.append(_E.FRBRcountry(value=COUNTRY))
    work.append(_E.FRBRsubtype(value=treaty.treaty_kind))
    work.append(_E.FRBRnumber(value=file_name(treaty.id)))
    expression = _level("Expression", treaty, f"/{language}", ["#editors"])
    expression.append(_E.FRBRlanguage(language=language))
    manifestation = _level("Manifestation", treaty, f"/{language}", ["#editors"])
    meta = _E.meta(_E.identification(work, expression, manifestation, source="#editors"))
    events = list(_lifecycle(treaty))
    if events:
        meta.append(_E.lifecycle(*events, source="#editors"))
    meta.append(_references(treaty, publication, bool(events)))
    return meta


def _level(name: str, treaty: Treaty, of: str, authors: list[str]) -> Element:
    uri = _uri(treaty) + of
    how = "-unknown" if not treaty.signed else "" if treaty.signed.is_exact else "-earliest"
    return _E(
        f"FRBR{name}",
        _E.FRBRthis(value=f"{uri}/!main"),
        _E.FRBRuri(value=uri),
        _E.FRBRdate(date=_day(treaty.signed), name=f"Signature{how}"),
        *(_E.FRBRauthor(href=author) for author in authors),
    )


def _lifecycle(treaty: Treaty) -> Iterator[Element]:
    """Give the days of its life that are known; the schema has no place for others."""
    for field in treaty.fields:
        date = treaty.value(field) if field.life else None
        if date and date.is_exact and _day(date) != UNKNOWN:
            kind = "generation" if field.life == "begins" else "repeal"
            yield _E.eventRef(
                eId=f"event_{field.name}", date=_day(date), type=kind, source="#treaty"
            )


def _references(treaty: Treaty, publication: Publication, dated: bool) -> Element:
    site = publication.site
    references = _E.references(source="#editors")
    if dated:
        href = site.address(treaty)
        references.append(_E.original(eId="treaty", href=href, showAs=clean(treaty.title)))
    named = [(option, publication.catalogue.find(id)) for option, id, _ in treaty.references]
    for option, record in named:
        if isinstance(record, Treaty):
            eid = f"{option}_{file_name(record.id)}"
            references.append(_E.activeRef(eId=eid, href=_uri(record), showAs=clean(record.title)))
    editors = "/akn/ontology/organization/editors"
    references.append(_E.TLCOrganization(eId="editors", href=editors, showAs=clean(site.title)))
    for record in dict.fromkeys(record for _, record in named):
        if record and (tag := _REFERENCES.get(record.kind)):
            href = site.address(record)
            eid = _reference_id(record)
            references.append(_E(tag, eId=eid, href=href, showAs=clean(record.title)))
    return references


def _reference_id(record: Record) -> str:
    return f"{record.kind.value}_{file_name(record.id)}"


def _preface(treaty: Treaty, publication: Publication) -> Element:
    title = _E.p(_E.docTitle(clean(treaty.title)))
    names = [_E.p(clean(name.text), **_language(name.language)) for name in treaty.names]
    language = publication.catalogue.language
    note = language.gettext(
        "Substance of the provisions in the words of the editors; not the authentic text."
    )
    preface = _E.preface(_E.longTitle(title), *names, _E.p(_E.remark(note, status="editorial")))
    preface.extend(_paragraphs(publication.bodies.get(treaty.id, "")))
    where = publication.catalogue.find(treaty.place or "")
    if isinstance(where, Place):
        location = _E.location(clean(where.title), refersTo=f"#{_reference_id(where)}")
        label = language.gettext("Place of signature") + language.mark(": ")
        preface.append(_E.p(label, location))
    return preface


def _language(language: str | None) -> dict[str, str]:
    return {"xml:lang": language} if language else {}


def _paragraphs(text: str) -> list[Element]:
    return [_E.p(clean(part)) for part in text.split("\n\n") if clean(part)]


def _body(treaty: Treaty, publication: Publication) -> Iterator[Element]:
    articles = publication.catalogue.articles_of(treaty)
    taken: set[str] = set()
    for position, article in enumerate(articles, 1):
        number = re.sub(r"[^0-9A-Za-z]+", "-", article.number).strip("-")
        eid = f"art_{number or f'nn_{position}'}"
        while eid in taken:
            eid += "x"
        taken.add(eid)
        yield _article(article, eid, publication)
    if not articles:
        nothing = publication.catalogue.language.gettext("No provisions are reported.")
        yield _E.article(_E.content(_E.p(_E.remark(nothing, status="editorial"))), eId="art_nn_1")


def _article(article: Article, eid: str, publication: Publication) -> Element:
    found = _E.article(eId=eid)
    if article.number:
        found.append(_E.num(clean(article.number)))
    if (article.title and article.title != article.display) or not article.number:
        found.append(_E.heading(clean(article.title)))
    content = _E.content(*_paragraphs(publication.bodies.get(article.id, "")))
    for index, wording in enumerate(article.texts, 1):
        said = {"eId": f"{eid}__wording_{index}", **_language(wording.language)}
        content.append(_E.blockContainer(*_paragraphs(wording.text) or [_E.p()], **said))
    if not len(content):
        content.append(_E.p())
    found.append(content)
    return found


def _downloads(publication: Publication) -> list[Download]:
    catalogue = publication.catalogue
    provisions = ((t, len(catalogue.articles_of(t))) for t in catalogue.of_type(Treaty))
    return [Download(_file(t), n or None, COUNTED["articles"]) for t, n in provisions]


FORMAT = Format(
    "akn",
    "Akoma Ntoso",
    message("The treaties and their provisions in the XML of legal documents, one file each."),
    export,
    _downloads,
)
