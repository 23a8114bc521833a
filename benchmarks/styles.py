"""Set works in CSL styles, here and by pandoc's citeproc, and count where the two agree.

    python benchmarks/styles.py FOLDER [--show STYLE]

FOLDER holds the styles as .csl files (https://github.com/citation-style-language/styles). The works
are those of the book and of the tests, sixty of them; both processors get the same styles. What is
compared is a reference with its markup left out, and a citation with a page.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from difflib import SequenceMatcher
from pathlib import Path

import pypandoc

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "_ext"))

from sphinx_annals.citations.entry import Entry  # noqa: E402
from sphinx_annals.citations.formats import csl as csl_json  # noqa: E402
from sphinx_annals.citations.formats import load  # noqa: E402
from sphinx_annals.citations.style import csl  # noqa: E402

STYLES = {
    "apa": "APA, 7th edition",
    "modern-language-association": "MLA, 9th edition",
    "chicago-author-date": "Chicago, 18th edition, author-date",
    "chicago-notes-bibliography": "Chicago, 18th edition, notes",
    "harvard-cite-them-right": "Harvard (Cite Them Right)",
    "nlm-citation-sequence": "Vancouver (NLM)",
    "geschichte-und-gesellschaft": "Geschichte und Gesellschaft (German)",
    "infoclio-fr-nocaps": "infoclio.ch (French)",
}
WORKS = 60
NEAR = 0.9


def works() -> dict[str, Entry]:
    """Give the works that are compared, by key."""
    files = [HERE.parent / "references.bib"]
    files += sorted((HERE.parent / "tests/roots").glob("test-citations-types/*.bib"))
    return dict(list(load(files).entries.items())[:WORKS])


def by_pandoc(style: Path, entries: dict[str, Entry]) -> dict[str, tuple[str, str]]:
    """Give by key the reference and the citation that pandoc makes."""
    items = [{**csl_json.item(entry), "id": key} for key, entry in entries.items()]
    text = "\n\n".join(f"::: {{#{n}}}\n[@{{{key}}}, p. 3]\n:::" for n, key in enumerate(entries))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "works.json").write_text(json.dumps(items), encoding="utf-8")
        command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "json", "--citeproc"]
        command += ["--csl", str(style), "--bibliography", str(Path(folder, "works.json"))]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    blocks = json.loads(done.stdout)["blocks"]
    divs = {block["c"][0][0]: block for block in blocks if block["t"] == "Div"}
    listed = {b["c"][0][0]: b for b in divs["refs"]["c"][1]} if "refs" in divs else {}
    return {
        key: (_plain(listed.get(f"ref-{key}")), _plain(divs[str(number)]))
        for number, key in enumerate(entries)
    }


def _plain(node: object) -> str:
    if isinstance(node, list):
        return "".join(map(_plain, node))
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Quoted":
        single = content[0]["t"] == "SingleQuote"
        return ("‘{}’" if single else "“{}”").format(_plain(content[1]))
    if kind == "Cite":
        return _plain(content[1])
    if kind in ("Div", "Span", "Link"):
        return _plain(content[1])
    return _plain(content)


def by_us(style: Path, entries: dict[str, Entry]) -> dict[str, tuple[str, str]]:
    """Give by key the reference and the citation that this project makes."""
    made = csl.forms(csl.find(style.name, style.parent), entries, "p. 3")
    return {key: (f["list"], f.get("note") or f["text"]) for key, f in made.items()}


def alike(one: str, other: str) -> str:
    """Tell whether two texts are the same, nearly so, or not."""
    one, other = (re.sub(r"[\s\u00a0]+|[.,]+$", "", text) for text in (one, other))
    if one == other:
        return "same"
    return "near" if SequenceMatcher(None, one, other, autojunk=False).ratio() > NEAR else "other"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", default="", metavar="STYLE", help="print where they differ")
    options = parser.parse_args()
    entries = works()
    print("| style | references: the same | nearly | citations: the same | nearly |")
    print("|:--|--:|--:|--:|--:|")
    for name, title in STYLES.items():
        style = options.folder / f"{name}.csl"
        theirs, ours = by_pandoc(style, entries), by_us(style, entries)
        counts = []
        for part in (0, 1):
            found = {key: alike(theirs[key][part], ours[key][part]) for key in entries}
            counts += [sum(how == kind for how in found.values()) for kind in ("same", "near")]
            for key, how in found.items():
                if options.show == name and how != "same":
                    print(f"{how} {key}\n  {theirs[key][part]}\n  {ours[key][part]}")
        print(f"| {title} | {' | '.join(f'{count} of {len(entries)}' for count in counts)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
