from sphinx_annals.annals.checks.base import Book, Found, Severity, Use, check


@check("double-witness", Severity.WARNING)
def double_witness(book: Book) -> Found:
    """A verdict has more accounts on its side, but not more independent witnesses."""
    for comparison in book.criticism.all():
        witnesses = book.criticism.dependence.of(comparison.accounts)
        for verdict in comparison.verdicts if len(comparison.accounts) > 2 else ():
            given, against = book.criticism.sides(comparison, verdict.prefers or "")
            own = witnesses.independent(given)
            others = witnesses.independent(against, apart=witnesses.roots(given))
            if len(given) > len(against) and own <= others:
                first = given[0].citation
                use = Use(first, verdict.docname, verdict.line, comparison.of, file=verdict.file)
                label = comparison.property.replace("-", " ")
                word = "witness" if own == 1 else "witnesses"
                said = f"{len(given)} accounts give {verdict.prefers!r}, but make {own} {word}"
                yield use, f"{label}: {said}, against {others}; say what else speaks for it"
