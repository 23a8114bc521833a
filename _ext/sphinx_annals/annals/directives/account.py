"""The directives of source criticism: ``account`` and ``verdict``."""

from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.util.nodes import traverse_parent

from sphinx_annals.annals.criticism import read_date, shown_value
from sphinx_annals.annals.directives.base import AnnalsDirective, Option, Options, named
from sphinx_annals.annals.doctree import (
    DRAWS_ON,
    account_note,
    annotation,
    cited_by,
    date_nodes,
    filled,
    marked,
    markup_of,
    may_be_marked,
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
from sphinx_annals.language import ENGLISH

_OF = Option(
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


class _StatementDirective(AnnalsDirective):
    """What accounts and verdicts share: they hold words, and no objects or other statements."""

    def parse_remarks(self) -> tuple[list[Node], list[Node]]:
        """Parse the content; give apart what cannot stand in it, which is shown elsewhere too."""
        holder = nodes.Element("", *self.parse_content_to_nodes())
        apart: list[Node] = []
        for node in list(holder.findall(lambda n: isinstance(n, _NO_REMARKS))):
            inner = cast("nodes.Element", node)
            if any(isinstance(around, _NO_REMARKS) for around in traverse_parent(inner.parent)):
                continue  # it goes with what it stands in
            inner.parent.remove(inner)
            apart.append(inner)
            what = inner.get("kind") or type(inner).__name__.removesuffix("_note")
            self.warn(Subtype.ACCOUNT, f"{what} stands within it; write it below, after the fence")
        return list(holder.children), apart


_NO_REMARKS = (annotation, account_note, verdict_note, addnodes.toctree)


class AccountDirective(_StatementDirective):
    """What one source says of a property; the argument is the citation."""

    declared: ClassVar[Options] = named(
        of=_OF,
        property=Option(
            str.strip,
            "write a property",
            Subtype.ACCOUNT,
            "What of the object it speaks of: any of its options, or a word of your own.",
        ),
        value=Option(
            str.strip,
            "write what the source says",
            Subtype.ACCOUNT,
            "What it says of that: a date in EDTF, a number with its unit, or a short text.",
        ),
        quote=Option(
            str.strip,
            "write the source's own words",
            about="Its words; without a value they stand for themselves.",
        ),
        stance=Option(
            Choice(STANCES).convert,
            "asserts, doubts or denies",
            about="How it stands to the value; it asserts it by itself.",
        ),
        calendar=Option(
            _calendar, _CALENDARS.help, Subtype.DATE, "The calendar in which it gives the date."
        ),
        derives_from=Option(
            Citations().convert,
            Citations.hint,
            Subtype.SOURCE,
            "The sources on which it draws for this.",
        ),
    )

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
        body, apart = self.parse_remarks()
        if missing or not self.argument:
            return [*body, *apart]
        try:
            citation = convert.citation(self.argument)
        except ValueError as error:
            self.warn(Subtype.SOURCE, str(error))
            return [*body, *apart]
        if "calendar" in values and read_date(values["value"], values["calendar"]) is None:
            self.warn(
                Subtype.DATE, f":calendar: {values['value']!r} is no date; leave :calendar: out"
            )
        words = {name: self._words(values, name) for name in ("value", "quote")}
        note = " ".join(node.astext() for node in body)
        account = Account(
            citation=citation, note=note, markup=markup_of(body), **self.place, **values
        )
        return [self._note(account, words, body), *apart]

    def _note(self, account: Account, words: dict[str, list[Node]], body: list[Node]) -> Node:
        """Register the account, and give the citation, what it says and the remarks."""
        key = self.domain.note_statement(account)
        node = account_note("", key=key, docname=account.docname, texts=self.texts)
        self.set_source_info(node)
        node += nodes.inline("", "", *self.cite(account.citation))
        language = self.domain.language
        date = shown_value(account.value, account.calendar, language)
        dated = date_nodes(date, language) if isinstance(date, HistoricalDate) else []
        if isinstance(date, str) and date != account.value:  # P30Y
            dated = [nodes.Text(date)]
        shown = dated or words["value"]
        said = shown if account.value != account.quote else []
        node += nodes.inline("", "", *said, classes=["annals-said"])
        if account.quote:
            quote = filled(language.gettext("“{quote}”"), quote=words["quote"])
            node += nodes.inline("", "", *quote, classes=["annals-quote"])
        node += body
        if account.derives_from:
            cited = self.cite(*account.derives_from)
            said = filled(language.gettext("Draws on {works}."), works=cited)
            node += nodes.paragraph("", "", *said, classes=[DRAWS_ON])
        return node

    def _words(self, values: dict[str, Any], name: str) -> list[Node]:
        """Give the nodes of a text, and leave the text in *values* without its markup."""
        text = values.get(name, "")
        if not _is_of_words(text):
            return [nodes.Text(text)]
        shown = self.translated(text)
        if not may_be_marked(text + shown):
            return [nodes.Text(shown)]
        parsed, messages = self.parse_shown(shown, text)
        if may_be_marked(text):
            read = parsed if shown == text else self.parse_inline(text, lineno=self.lineno)[0]
            values[name] = str(marked(read)) or self.works_in(read) or text
        return [*parsed, *messages]


def _is_of_words(text: str) -> bool:
    """Tell whether a value is neither a date nor a number, but something to be translated."""
    if read_date(text, Calendar.GREGORIAN) or not any(map(str.isalpha, text)):
        return False
    return shown_value(text, Calendar.GREGORIAN, ENGLISH) == text


class VerdictDirective(_StatementDirective):
    """The editors' reasoned choice; the argument is the property."""

    declared: ClassVar[Options] = named(
        of=_OF,
        prefers=Option(
            str.strip,
            "write the value that you prefer",
            about="The value that settles the point: one that an account or the object gives.",
        ),
        outcome=Option(
            Choice(OUTCOMES).convert,
            "open or compatible",
            about="That the point stays open, as it does by itself, or that all can be true.",
        ),
        weight=Option(
            Choice(WEIGHTS).convert,
            "major, minor or textual",
            about="How much it matters: a major point stands in the text, others in a list.",
        ),
        question=Option(
            str.strip,
            "write what the sources leave in question",
            about="What it answers; without it the property is named.",
        ),
    )

    def run(self) -> list[Node]:
        """Register the verdict and give its reasons."""
        values = self.read_options()
        values.setdefault("of", self.around[-1].id if self.around else None)
        body, apart = self.parse_remarks()
        if not self.argument:
            self.warn(Subtype.ACCOUNT, "no property; write it after the name: expiry")
            return [*body, *apart]
        if not values["of"]:
            if "of" not in self.options:
                self.warn(Subtype.ACCOUNT, _OUTSIDE)
            return [*body, *apart]
        if not body:
            self.warn(Subtype.EMPTY, f"no reasons for {self.argument!r}; say why it is decided so")
        if "prefers" in values and "outcome" in values:
            settles = "beside :prefers:, which settles the point; leave one of them out"
            self.warn(Subtype.OPTION, f":outcome: {values['outcome']} {settles}")
        if "question" in values:
            values["question"] = self.inline(values["question"], "")
        if "prefers" in values:
            self._prefer(values)
        if any(cited_by([text]) for text in self.held):
            self.warn(Subtype.OPTION, "cites in an option; cite in the reasons")
        text = " ".join(node.astext() for node in body)
        verdict = Verdict(
            property=self.argument, text=text, markup=markup_of(body), **self.place, **values
        )
        key = self.domain.note_statement(verdict)
        node = verdict_note("", *body, key=key, docname=verdict.docname, texts=self.texts)
        self.set_source_info(node)
        return [node, *apart]

    def _prefer(self, values: dict[str, Any]) -> None:
        """Read what it prefers without markup, as accounts give it, and as readers see it."""
        text = values["prefers"]
        values["prefers"] = self.plain(text)
        if _is_of_words(text) and (shown := str(self.inline(text, ""))) != values["prefers"]:
            values["preferred"] = shown
