"""Chains in notes that are longer than Python recurses."""

from __future__ import annotations

from harness import Project

MANY = 1_100


def test_notes_lead_from_one_to_the_next(project: Project) -> None:
    notes = (f"[^n{n}]: Note {n} goes on there.[^n{n + 1}]\n" for n in range(MANY))
    last = f"[^n{MANY}]: It ends with {{cite}}`heinzig2004arduous`.\n"
    text = "\n".join(["# Notes\n\nThey begin.[^n0]\n", *notes, last])
    page = project.write({"index.md": text}).build("html").soup("index.html")
    assert "Heinzig 2004" in page.get_text()
