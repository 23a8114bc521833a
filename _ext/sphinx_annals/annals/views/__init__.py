"""Views: what pages show of what all documents state, and when they are written again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from sphinx_annals.annals.doctree.renderer import PAGED
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model.statements import DocumentNotes
from sphinx_annals.annals.views.answers import answers_of
from sphinx_annals.annals.views.directives import VIEWS
from sphinx_annals.annals.views.freshness import Lookup, drawn_from_others
from sphinx_annals.annals.views.spec import ViewSpec
from sphinx_annals.messages import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_annals.annals.views.answers import Views


def changed_documents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give the documents whose pages show something that changed elsewhere.

    What each document draws from the others is kept as a digest for each builder.
    """
    if app.builder.format in PAGED:  # one file, written whole
        return []
    domain = cast("AnnalsDomain", env.domains["annals"])
    known: dict[str, str] = domain.data["digests"].setdefault(app.builder.name, {})
    changed = []
    views, lookup = answers_of(domain), _lookup(env)
    for docname in sorted(env.found_docs):
        digest = _digest(domain.documents.get(docname), views, lookup)
        if known.get(docname, "") != digest:
            known[docname] = digest
            changed.append(docname)
    for gone in known.keys() - env.found_docs:
        del known[gone]
    return changed


def _digest(notes: DocumentNotes | None, views: Views, lookup: Lookup) -> str:
    if notes is None:
        return ""
    digest = hashlib.blake2b(digest_size=16)
    for shown in drawn_from_others(notes, views, lookup):
        digest.update(repr(shown).encode())
    return digest.hexdigest()


def _lookup(env: BuildEnvironment) -> Lookup:
    """Give what any page shows of objects, labels, documents and works, by name."""
    cite = env.config.annals_cite_role.partition(":")[0]
    found: dict[str, object] = {}
    for name in ("std", cite, "annals"):
        if name in env.domains:
            objects = env.domains[name].get_objects()
            found |= {item[0]: tuple(item[1:5]) for item in objects}
    return found.get


def _warn_of_problems(_app: Sphinx, env: BuildEnvironment) -> None:
    domain = cast("AnnalsDomain", env.domains["annals"])
    views = answers_of(domain)
    for notes in domain.documents.values():
        for spec in cast("dict[str, ViewSpec]", notes.views).values():
            for message in views.problems(spec):
                place = domain.location(spec.docname, spec.line, spec.file)
                warn(Subtype.FILTER, f"{spec.view}: {message}", place)


def setup(app: Sphinx) -> None:
    """Register the views."""
    for name, directive in VIEWS.items():
        app.add_directive_to_domain("annals", name, directive)
    app.connect("env-check-consistency", _warn_of_problems)
    app.connect("env-updated", changed_documents)
