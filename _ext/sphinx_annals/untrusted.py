"""Chapters that are not trusted: no raw markup, no file from outside the source, no code.

docutils can be told to refuse raw markup and inclusion; this does, and adds what neither it nor
Sphinx or MyST refuses: HTML that MyST passes through, the settings of MyST that a chapter brings
with it (one turns on templates, which run code), downloads and images from outside the source
folder, links that run a script, formulas that do. What else `conf.py` loads is its own affair.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from docutils.parsers.rst.roles import raw_role
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import get_filetype

from sphinx_annals.authoring import BEFORE_ASSETS_ARE_COLLECTED, leave_out
from sphinx_annals.messages import warn
from sphinx_annals.settings import add_setting

SETTING = "untrusted_chapters"
_OWN = ("myst", "html_meta", "substitutions")
"""What MyST takes for settings at the head of a file."""
_SCHEMES = ("", "http", "https", "mailto")
_WHEN_MYST_HAS_READ_ITS_SETTINGS = 900
_SAFE_MATH = "ui/safe"
"""The part of MathJax without which a formula can hold a link that runs a script."""


def _close(app: Sphinx) -> None:
    """Turn off raw markup, inclusion and templates before any chapter is read."""
    if not app.config[SETTING]:
        return
    app.env.settings.update(raw_enabled=False, file_insertion_enabled=False)
    refused: Any = _refuse_role
    raw: Any = raw_role
    refused.options = raw.options  # ``.. role:: html(raw)`` asks for them
    app.add_role("raw", refused, override=True)
    if (markdown := getattr(app.env, "myst_config", None)) is not None:
        app.env.myst_config = markdown.copy(  # type: ignore[attr-defined]
            disable_syntax=[*markdown.disable_syntax, "html_block", "html_inline"],
            enable_extensions=set(markdown.enable_extensions) - {"substitution"},
        )
    if "mathjax3_config" in app.config:
        name = "mathjax3_config" if app.config.mathjax3_config else "mathjax4_config"
        told: dict[str, Any] = app.config[name] or {}
        loader = told.get("loader", {})
        load = [*loader.get("load", []), _SAFE_MATH]
        setattr(app.config, name, {**told, "loader": {**loader, "load": load}})


def _refuse_role(
    _name: str, _raw: str, text: str, line: int, inliner: Any, **_more: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Take the place of the raw role, which docutils refuses without a line in Markdown."""
    said = f"{text!r} is raw markup; shown as text, since {SETTING} is set"
    source, at = inliner.reporter.get_source_and_line(line)
    warn(("untrusted", "markup"), said, f"{source}:{at or line}")
    return [nodes.Text(text)], []


def _without_settings(app: Sphinx, docname: str, source: list[str]) -> None:
    """Take what MyST would read as settings from the head of a chapter; its lines stay lines."""
    path = app.env.doc2path(docname)
    if not app.config[SETTING] or get_filetype(app.config.source_suffix, path) != "markdown":
        return
    from myst_parser.config.main import TopmatterReadError, read_topmatter

    try:
        head = read_topmatter(source[0]) or {}
    except TopmatterReadError:  # of which MyST tells, and takes nothing from it
        return
    if not (own := [name for name in _OWN if name in head]):
        return
    said = f"{', '.join(own)}: not read, since {SETTING} is set; say it in conf.py"
    warn(("untrusted", "setting"), said, (docname, 1))
    lines = source[0].splitlines(keepends=True)
    ends = (n for n, line in enumerate(lines) if n and line.startswith(("---", "...")))
    end = next(ends, len(lines))
    kept = {name: value for name, value in head.items() if name not in own}
    shown = json.dumps(kept, ensure_ascii=False, default=str) + "\n"
    source[0] = "".join([lines[0], shown, *(["\n"] * (end - 2)), *lines[end:]])


def _without_reach(app: Sphinx, document: nodes.document) -> None:
    """Put text for what reaches out of the source folder, or would run a script."""
    if not app.config[SETTING]:
        return
    for download in list(document.findall(addnodes.download_reference)):
        if "://" not in download["reftarget"] and not _is_inside(app, download["reftarget"]):
            _refuse(download, "file", download["reftarget"])
    for image in list(document.findall(nodes.image)):
        if not _is_remote(image["uri"]) and not _is_inside(app, image["uri"]):
            _refuse(image, "file", image["uri"])
        elif image["uri"].lower().startswith("data:"):
            _refuse(image, "link", image["uri"])
    for link in list(document.findall(nodes.Element)):
        if "refuri" not in link or _leads_somewhere(link["refuri"]):
            continue
        if isinstance(link, nodes.target):  # what links by its name is refused by itself
            del link["refuri"]
        else:
            _refuse(link, "link", link["refuri"])
    for meta in list(document.findall(nodes.meta)):
        if "http-equiv" in meta:
            _refuse(meta, "markup", str(meta["http-equiv"]))


def _is_remote(uri: str) -> bool:
    return uri.lower().startswith(("http:", "https:", "data:"))


def _is_inside(app: Sphinx, name: str) -> bool:
    """Tell whether a file is in the source folder, symbolic links followed."""
    found = Path(app.env.relfn2path(name)[1]).resolve()
    return found.is_relative_to(Path(app.srcdir).resolve())


def _leads_somewhere(uri: str) -> bool:
    # browsers drop white space and control characters before they read the scheme
    seen = "".join(char for char in uri if ord(char) > 32 and ord(char) != 127)
    try:
        return urlsplit(seen).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def _refuse(node: nodes.Element, subtype: str, what: str) -> None:
    why = {
        "file": "is not in the source folder",
        "link": "is no address of the web, of mail or in the book",
        "markup": "would tell browsers what to do",
    }[subtype]
    message = f"{what!r} {why}; left out, since {SETTING} is set"
    warn(("untrusted", subtype), message, node)
    leave_out(node)


def setup(app: Sphinx) -> None:
    """Register the setting, and what it closes."""
    about = (
        "Whether chapters come from people who are not trusted: raw markup, inclusion of files, "
        "templates, and what reaches out of the source folder are then refused, with a warning."
    )
    add_setting(app, SETTING, False, "env", bool, about)
    app.connect("builder-inited", _close, priority=_WHEN_MYST_HAS_READ_ITS_SETTINGS)
    app.connect("source-read", _without_settings)
    app.connect("doctree-read", _without_reach, priority=BEFORE_ASSETS_ARE_COLLECTED)
