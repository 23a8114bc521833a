"""Sphinx: what we touch of it that it does not document for extensions."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
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
