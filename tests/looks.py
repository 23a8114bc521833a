"""What a page looks like, measured in a browser."""

from __future__ import annotations

from playwright.sync_api import Page

WIDTHS = (360, 768, 1280, 1920)

_BROKEN_WORDS = """() => {
  const broken = [], range = document.createRange();
  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  for (const table of document.querySelectorAll("table")) {
    const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.parentElement.checkVisibility()) continue;
      // Chinese may break anywhere, and other words at their hyphens
      for (const word of text.data.matchAll(/[\\p{sc=Latin}\\p{sc=Cyrillic}\\p{M}\\d]+/gu)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter(box => box.width).map(box => box.top);
        if (new Set(lines.map(Math.round)).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


def faults_at(page: Page, width: int) -> list[str]:
    """Give the words of tables that break over two lines, and by how much the page overflows."""
    page.set_viewport_size({"width": width, "height": 900})
    found = [f"{width}: {word}" for word in page.evaluate(_BROKEN_WORDS)]
    wide = page.evaluate("document.documentElement.scrollWidth") - width
    return [*found, *([f"{width}: {wide} px too wide"] if wide > 0 else [])]


def style(page: Page, selector: str, name: str) -> str:
    """Give a property of the first element, as it is computed."""
    return str(
        page.locator(selector).first.evaluate(
            "(element, name) => getComputedStyle(element)[name]", name
        )
    )
