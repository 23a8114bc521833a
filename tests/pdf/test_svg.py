"""SVG images become PDF for LaTeX."""

from __future__ import annotations

from harness import Project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'
PAGE = "T\n=\n\n.. image:: a.svg\n   :alt: A\n"


def test_latex_gets_a_pdf_of_each_svg(project: Project) -> None:
    built = project.write({"a.svg": SVG, "index.rst": PAGE}).build("latex")
    assert built.find("a.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_no_svg_is_a_warning(project: Project) -> None:
    project.write({"a.svg": "no svg", "index.rst": PAGE})
    built = project.build("latex", warnings=["cannot be converted to PDF"])
    assert "a.pdf" not in built.files()
