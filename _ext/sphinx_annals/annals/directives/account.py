"""The directives of source criticism: ``account`` and ``verdict``."""

from typing import ClassVar

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.criticism import read_date, shown_value
from sphinx_annals.annals.directives.base import AnnalsDirective, Option, Options
from sphinx_annals.annals.doctree import (
    DRAWS_ON,
    account_note,
    date_nodes,
    filled,
    markup_of,
    verdict_note,
)
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import (
    OUTCOMES,
    STANCES,
    WEIGHTS,
    Account,
    Choice,
    Citations,
    Verdict,
)
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.dates import Calendar, HistoricalDate
from sphinx_annals.language import Language

_OF = Option(
    "of",
    convert.identifier,
    "write the id of the object",
    Subtype.ACCOUNT,
    "The object it is about, where it does not stand inside it.",
)
_OUTSIDE = "stands outside any object; nest it in one, or add :of: with an id"
_NEEDED = {
    "of": _OUTSIDE,
    "property": "no property; add :property: date, expiry, count, …",
    "value": "no value; add :value: with what the source says",
}
"""What an account cannot do without, by option, and what to write."""


_CALENDARS = Choice(tuple(calendar.value for calendar in Calendar))


def _calendar(text: str) -> Calendar:
    return Calendar(_CALENDARS.convert(text))


class AccountDirective(AnnalsDirective):
    """What one source says of a property; the argument is the citation."""

    declared: ClassVar[Options] = {
        "of": _OF,
        "property": Option(
            "property",
            str.strip,
            "write a property",
            Subtype.ACCOUNT,
            "What of the object it speaks of: any of its options, or a word of your own.",
        ),
        "value": Option(
            "value",
            str.strip,
            "write what the source says",
            Subtype.ACCOUNT,
            "What it says of that: a date in EDTF, a number with its unit, or a short text.",
        ),
        "quote": Option(
            "quote",
            str.strip,
            "write the source's own words",
            about="Its words; without a value they stand for themselves.",
        ),
        "stance": Option(
            "stance",
            Choice(STANCES).convert,
            "asserts, doubts or denies",
            about="How it stands to the value; it asserts it by itself.",
        ),
        "calendar": Option(
            "calendar",
            _calendar,
            _CALENDARS.help,
            Subtype.DATE,
            "The calendar in which it gives the date.",
        ),
        "derives-from": Option(
            "derives_from",
            Citations().convert,
            Citations.hint,
            Subtype.SOURCE,
            "The sources on which it draws for this.",
        ),
    }

    def run(self) -> list[Node]:
        """Register the account and give its citation and remarks."""
        values = self.read_options()
        values.setdefault("of", self.around[-1].id if self.around else None)
        if "value" not in self.options and "quote" in values:
            values["value"] = values["quote"]
        missing = [option for option in _NEEDED if not values.get(option)]
        if not self.argument:
            self.warn(Subtype.ACCOUNT, "no source; write a citation after the name: key{p. 1}")
        for option in missing:
            if option not in self.options:  # or it was warned of when it was read
                self.warn(Subtype.ACCOUNT, _NEEDED[option])
        body = self.parse_content_to_nodes()
        if missing or not self.argument:
            return body
        try:
            citation = convert.citation(self.argument)
        except ValueError as error:
            self.warn(Subtype.SOURCE, str(error))
            return body
        if "calendar" in values and read_date(values["value"], values["calendar"]) is None:
            self.warn(
                Subtype.DATE, f":calendar: {values['value']!r} is no date; leave :calendar: out"
            )
        note = " ".join(node.astext() for node in body)
        account = Account(
            citation=citation, note=note, markup=markup_of(body), **self.place, **values
        )
        key = self.domain.note_statement(account)
        node = account_note("", key=key, docname=account.docname)
        self.set_source_info(node)
        node += nodes.inline("", "", *self.cite(citation))
        language = self.domain.language
        said = _shown(account, language) if account.value != account.quote else []
        node += nodes.inline("", "", *said, classes=["annals-said"])
        if account.quote:
            quote = language.gettext("“{quote}”").format(quote=account.quote)
            node += nodes.inline("", quote, classes=["annals-quote"])
        node += body
        if account.derives_from:
            cited = self.cite(*account.derives_from)
            said = filled(language.gettext("Draws on {works}."), works=cited)
            node += nodes.paragraph("", "", *said, classes=[DRAWS_ON])
        return [node]


def _shown(account: Account, language: Language) -> list[Node]:
    value = shown_value(account.value, account.calendar, language)
    return date_nodes(value, language) if isinstance(value, HistoricalDate) else [nodes.Text(value)]


class VerdictDirective(AnnalsDirective):
    """The editors' reasoned choice; the argument is the property."""

    declared: ClassVar[Options] = {
        "of": _OF,
        "prefers": Option(
            "prefers",
            str.strip,
            "write the value that you prefer",
            about="The value that settles the point: one that an account or the object gives.",
        ),
        "outcome": Option(
            "outcome",
            Choice(OUTCOMES).convert,
            "open or compatible",
            about="That the point stays open, as it does by itself, or that all can be true.",
        ),
        "weight": Option(
            "weight",
            Choice(WEIGHTS).convert,
            "major, minor or textual",
            about="How much it matters: a major point stands in the text, others in a list.",
        ),
        "question": Option(
            "question",
            str.strip,
            "write what the sources leave in question",
            about="What it answers; without it the property is named.",
        ),
    }

    def run(self) -> list[Node]:
        """Register the verdict and give its reasons."""
        values = self.read_options()
        values.setdefault("of", self.around[-1].id if self.around else None)
        body = self.parse_content_to_nodes()
        if not self.argument:
            self.warn(Subtype.ACCOUNT, "no property; write it after the name: expiry")
            return body
        if not values["of"]:
            if "of" not in self.options:
                self.warn(Subtype.ACCOUNT, _OUTSIDE)
            return body
        if not body:
            self.warn(Subtype.EMPTY, f"no reasons for {self.argument!r}; say why it is decided so")
        if "prefers" in values and "outcome" in values:
            settles = "beside :prefers:, which settles the point; leave one of them out"
            self.warn(Subtype.OPTION, f":outcome: {values['outcome']} {settles}")
        text = " ".join(node.astext() for node in body)
        verdict = Verdict(
            property=self.argument, text=text, markup=markup_of(body), **self.place, **values
        )
        key = self.domain.note_statement(verdict)
        node = verdict_note("", *body, key=key, docname=verdict.docname)
        self.set_source_info(node)
        return [node]
