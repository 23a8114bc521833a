"""The settings of citing, each declared once, with what it means; the manual lists them."""

from collections.abc import Mapping

from sphinx_annals.settings import Setting

SETTINGS: Mapping[str, Setting] = {
    "citations_style": Setting(
        "author-date",
        "env",
        str,
        "`author-date` or `notes`, the name of a CSL style, or the path of a `.csl` file.",
    ),
    "citations_edition": Setting(
        17, "env", int, "The edition of the *Chicago Manual of Style*, 17 or 18."
    ),
    "citations_date_form": Setting("mdy", "env", str, "How days are written, `mdy` or `dmy`."),
    "citations_page_labels": Setting(
        False, "env", bool, "Keep “p.” before pages, and add it to bare page numbers."
    ),
    "citations_at_keys": Setting(
        False,
        "env",
        bool,
        "Read `[@key, p. 3]`, `[see @key; @other]`, `[-@key]` and `@key [p. 3]` in Markdown, as "
        "Pandoc, Quarto and MyST write them.",
    ),
    "citations_overlays": Setting(
        [],
        "env",
        (list, tuple, str),
        "`.bib` files laid over an export: their fields replace, an empty field removes.",
    ),
    "citations_groups": Setting(
        {},
        "env",
        (dict, list, tuple, str),
        "Headings and filters by name, for the option `group` of lists.",
    ),
    "citations_cited_in": Setting(
        True, "env", bool, "Links back from each entry: by pages, or by sections and annotations."
    ),
    "citations_cited_in_fold": Setting(
        6,
        "html",
        int,
        "HTML folds these links where there are more places than this; `0` never does.",
    ),
    "citations_paged_builders": Setting(
        ["latex", "typst", "typstpdf"],
        "env",
        list,
        "Builders that give the pages that cite, as an index does.",
    ),
}
"""Every setting by its name."""
