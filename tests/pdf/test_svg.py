"""SVG images become PDF for LaTeX."""

from __future__ import annotations

import re

from harness import Project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'
PAGE = "T\n=\n\n.. image:: a.svg\n   :alt: A\n"


def test_latex_gets_a_pdf_of_each_svg(project: Project) -> None:
    built = project.write({"a.svg": SVG, "index.rst": PAGE}).build("latex")
    data = built.find("a.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert not re.search(rb"CreationDate|ModDate|CreateDate|ModifyDate", data)


def test_of_what_latex_cannot_show_the_words_stand_there(project: Project) -> None:
    page = (
        PAGE
        + "\n.. image:: none.svg\n   :alt: missing\n\n|i| in a line\n\n.. |i| image:: none.png\n"
    )
    project.write({"a.svg": "no svg", "index.rst": page})
    wanted = [
        "index.rst:7: WARNING: image file not readable: none.svg",
        *["index.rst:12: WARNING: image file not readable: none.png"] * 2,  # defined and used
        "index.rst:4: WARNING: the image a.svg cannot be converted to PDF",
    ]
    built = project.build("latex", warnings=wanted)
    tex = built.text("*.tex")
    assert "{[}A{]}" in tex and "{[}missing{]}" in tex and "{[}i{]} in a line" in tex
    assert "includegraphics" not in tex and "a.pdf" not in built.files()
