"""What we touch of Sphinx without its leave is still there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.testing.util import SphinxTestApp
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx_annals.fences.sphinx import (
    add_image,
    convertible_images,
    give_visitors,
    given_visitors,
)
from support import fence


class converted(nodes.General, nodes.Element):  # noqa: N801
    """A node that an extension adds."""


class SvgToPng(ImageConverter):
    """A converter that an extension adds."""

    conversion_rules = [("image/svg+xml", "image/png")]  # noqa: RUF012


@pytest.fixture
def app(tmp_path: Path, make_app: Callable[..., SphinxTestApp]):
    (tmp_path / "conf.py").write_text("")
    (tmp_path / "index.rst").write_text("Title\n=====\n")
    made = make_app("text", srcdir=tmp_path)
    yield made
    made.cleanup()


def visit(translator, node):
    translator.seen = node


def test_visitors_given_to_add_node_are_found(app: SphinxTestApp) -> None:
    app.add_node(converted, text=(visit, None))
    with fence(given_visitors):
        found = given_visitors(app.builder)
        assert found["converted"] == (visit, None)
    translator = nodes.SparseNodeVisitor(new_document("index.rst"))
    give_visitors(translator, found)
    translator.dispatch_visit(node := converted())
    assert translator.seen is node


def test_types_of_images_that_are_converted_are_found(app: SphinxTestApp) -> None:
    app.add_post_transform(SvgToPng)
    with fence(convertible_images):
        assert "image/svg+xml" in convertible_images(app)


def test_an_image_made_late_is_copied_by_builders(app: SphinxTestApp, tmp_path: Path) -> None:
    app.build()
    (made := tmp_path / "made.svg").write_text("<svg/>")
    with fence(add_image):
        add_image(app.env, "index", made)
        docnames, _name = app.env.images[str(made)]
        assert docnames == {"index"}
