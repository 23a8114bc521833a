"""What a check is: a code, a severity, a sentence of help, and the rule that finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from sphinx.application import Sphinx
from sphinx.events import EventManager

from sphinx_annals.annals.checks.book import Book
from sphinx_annals.annals.model import Record, Statement, Use
from sphinx_annals.interfaces import Work

EVENT = "annals-checks"
"""Sphinx's event that collects the checks: its handlers answer with an iterable of them."""


class Severity(Enum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    """Two statements of the book cannot both be true."""
    WARNING = "warning"
    """Something that a reader will miss or stumble over."""
    INFO = "info"
    """Worth a look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, in a document, or at ``path`` in a .bib or included file.

    ``object`` is the id of the annotation, or the key of the work; ``reason`` is what an
    author says who knows of it and lets it stand.
    """

    code: str
    severity: Severity
    message: str
    docname: str
    line: int
    object: str
    path: str = ""
    reason: str | None = None


Found = Iterator[tuple[Record | Statement | Use | Work, str]]
"""What a rule finds: the record, statement, citation or work, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check; its rule is a pure function of the book, ``help`` what a finding means."""

    code: str
    severity: Severity
    help: str
    rule: Callable[[Book], Found]

    def findings(self, book: Book) -> Iterator[Finding]:
        """Run the rule; each message begins with the id of its subject."""
        for subject, message in self.rule(book):
            docname, path = "", ""
            match subject:
                case Record():
                    name, docname, path = subject.id, subject.docname, subject.file
                case Statement():
                    name, docname, path = subject.of, subject.docname, subject.file
                case Use():
                    name, docname, path = subject.object, subject.docname, subject.file
                case Work():
                    name, path = subject.key, subject.path
            about = name or (subject.citation.key if isinstance(subject, Use) else "")
            said = f"{name}: {message}" if name else message
            yield Finding(self.code, self.severity, said, docname, subject.line, about, path)


def check(code: str, severity: Severity) -> Callable[[Callable[[Book], Found]], Check]:
    """Make a check of a rule, with its docstring for the help."""
    return lambda rule: Check(code, severity, (rule.__doc__ or "").partition("\n")[0], rule)


def add_check(app: Sphinx, check: Check) -> None:
    """Register a check; with the code of another it takes its place."""
    app.connect(EVENT, lambda _app: [check])


def checks_of(events: EventManager) -> dict[str, Check]:
    """Give the checks that extensions have registered, by code."""
    return {check.code: check for answer in events.emit(EVENT) for check in answer}
