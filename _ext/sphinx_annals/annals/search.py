"""Full-text search for histories: years, Chinese, and names with or without diacritics.

Sphinx's English search drops numbers and takes a run of Chinese for one word. This one keeps
English stemming and finds the rest too; its two splitters, here and in the browser, agree.
"""

import re
from functools import cache

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

from sphinx_annals.fences.sphinx import index_objects, index_words_once
from sphinx_annals.text import MARKS, without_diacritics

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_HAN_RUN = re.compile(f"[{_HAN}]")
_SCRIPT = """
var splitQuery = (query) => {
  const folded = query.normalize("NFD").replace(/[MARKS]/g, "").normalize("NFC");
  return (folded.match(/[HAN]+|[\\p{L}\\p{N}_]+/gu) || []).flatMap((run) => {
    const parts = run.match(/[HAN]+|[^HAN]+/gu);
    return parts.flatMap((part) => {
      if (/^\\d+$/.test(part)) return ["__" + part];
      if (!/^[HAN]/.test(part) || part.length === 1) return [part];
      return [...part].slice(1).map((c, i) => part[i] + c);
    });
  });
};
"""


class HistorySearch(SearchEnglish):
    """English, with numbers, with Han characters in pairs, and without diacritics.

    Numbers get a mark in front, since Sphinx's script in the browser skips bare ones, and takes
    words of two letters for dispensable.
    """

    js_splitter_code = _SCRIPT.replace("HAN", _HAN).replace(
        "MARKS", MARKS.encode("unicode_escape").decode()
    )

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._stem = cache(super().stem)

    def stem(self, word: str) -> str:
        """Give the stem of a word, which Sphinx asks for anew in each document."""
        return self._stem(word)

    def split(self, input: str) -> list[str]:
        """Split a text into the words to index."""
        if input.isascii():  # most of what is read: no diacritics, no Chinese
            return [f"__{w}" if w.isdecimal() else w for w in _ASCII_WORD.findall(input)]
        words: list[str] = []
        for run in _WORD.findall(without_diacritics(input)):
            if run.isdecimal():
                words.append(f"__{run}")
            elif run.isascii() or not _HAN_RUN.match(run):
                words.append(run)
            else:  # Chinese has no spaces: of two characters most words are made
                words += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
        return words

    def word_filter(self, word: str) -> bool:
        """Keep numbers, which the base class drops."""
        return word not in self.stopwords


def setup(app: Sphinx) -> None:
    """Register the language, and what makes results of objects."""

    def index(app: Sphinx) -> tuple[()]:
        index_objects(app.builder)
        return ()  # no page of our own

    def add_script(app: Sphinx, page: str, *_: object) -> None:
        if page == "search":
            app.add_js_file("annals-search.js", loading_method="defer")

    index_words_once()
    app.add_search_language(HistorySearch)
    app.connect("html-collect-pages", index)  # the last event before the index is written
    app.connect("html-page-context", add_script)
