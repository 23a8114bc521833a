"""Sphinx: what we touch of it that it does not document for extensions.

Here belongs whatever reads or writes attributes that Sphinx's manual does not name: handlers of
the registry, images noted late, titles and tables of contents rewritten, the bookkeeping of
footnotes. Each function says what would break it, and ``tests/fences`` fails with that sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MethodType

from docutils.nodes import NodeVisitor
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms.images import ImageConverter


def convertible_images(app: Sphinx) -> frozenset[str]:
    """Give the types of images that the project's extensions convert for the builder.

    Breaks if the registry no longer lists post-transforms, or a converter its rules.
    """
    return frozenset(
        source
        for transform in app.registry.get_post_transforms()
        if issubclass(transform, ImageConverter)
        for source, _ in transform.conversion_rules
    )


def add_image(env: BuildEnvironment, docname: str, path: Path) -> None:
    """Let the builder copy an image that was made after the document was read.

    Breaks if ``env.images`` no longer keeps files by the documents that show them.
    """
    env.images.add_file(docname, str(path))


Visitors = Mapping[str, tuple[Callable[..., None], Callable[..., None] | None]]
"""For the name of a class of nodes, how to visit and depart from it."""


def given_visitors(builder: Builder) -> Visitors:
    """Give the visitors that ``app.add_node`` was given for a builder's format or its name.

    Sphinx itself looks under the name, and under the format only if there are none at all; here
    those for the name come on top of those for the format.

    Breaks if the registry no longer keeps them in ``translation_handlers``, by name and class.
    """
    handlers = builder._registry.translation_handlers
    return {**handlers.get(builder.format, {}), **handlers.get(builder.name, {})}


def give_visitors(translator: NodeVisitor, visitors: Visitors) -> None:
    """Let a translator use visitors that extensions gave, as Sphinx's registry does."""
    for name, (visit, depart) in visitors.items():
        setattr(translator, f"visit_{name}", MethodType(visit, translator))
        if depart:
            setattr(translator, f"depart_{name}", MethodType(depart, translator))
