"""Images as Typst takes them: told by what they hold, converted where Pillow can, and tried alone.

Pure: no Sphinx. One image that cannot be read would cost the whole book, and its name says little:
photographs are called ``.png``, downloads are pages that say "not found".
"""

import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

from sphinx_annals.pdf.typesetting.fonts import compiler

#: How the files begin that Typst reads, and what they must be called.
_SIGNS = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"%PDF": ".pdf"}
#: The first bytes of an SVG may be declarations and comments.
_HEAD = 4096
_HTML = re.compile(r"<foreignObject\b[^>]*?(?:/>|>.*?</foreignObject\s*>)", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)")
_TRIAL = """
#set document(title: "x")
#set page(width: auto, height: auto, margin: 0pt)
#for file in json(bytes(sys.inputs.files)) { page(image(file, alt: "x")) }
"""


class UnreadableImageError(Exception):
    """An image that cannot be printed; the message says why, and what to do."""


def suffix_of(data: bytes) -> str:
    """Give the suffix of a kind of image that Typst reads, nothing for others."""
    found = next((suffix for sign, suffix in _SIGNS.items() if data.startswith(sign)), "")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ".webp"
    return ".svg" if not found and b"<svg" in data[:_HEAD] else found


def as_printed(data: bytes) -> tuple[bytes, str]:
    """Give an image in a form that Typst reads, with its suffix.

    Raises :exc:`UnreadableImageError` where that is not to be had.
    """
    if not data.strip():
        raise UnreadableImageError("the file is empty")
    if suffix := suffix_of(data):
        return data, suffix
    from PIL import Image  # which few books need

    converted = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.save(converted, "PNG")
    except (OSError, ValueError, Image.DecompressionBombError) as exc:  # naming an object in memory
        raise UnreadableImageError("it is no image that Pillow reads") from exc
    return converted.getvalue(), ".png"


def without_html(svg: bytes) -> tuple[str, bool]:
    """Give an SVG without the HTML in it, which Typst cannot set, and whether its words are lost.

    A switch has something else for those who cannot.
    """
    named = _ENCODING.search(svg[:_HEAD])
    try:
        text = svg.decode(named[1].decode() if named else "utf-8", errors="replace")
    except LookupError:
        text = svg.decode(errors="replace")
    lost = any(not html.endswith("/>") for html in _HTML.findall(text))
    return _HTML.sub("", text), lost and "<switch" not in text


def try_images(
    folder: Path, names: Iterable[str], fonts: typst.Fonts, standards: Iterable[Any]
) -> None:
    """Raise :exc:`UnreadableImageError` unless pages with nothing but these images can be made."""
    inputs = {"files": json.dumps([f"/{name}" for name in names])}
    pages = compiler(fonts, _TRIAL.encode(), root=str(folder), sys_inputs=inputs)
    try:
        pages.compile(format="pdf", pdf_standards=list(standards))
    except typst.TypstError as exc:
        raise UnreadableImageError(" ".join(exc.message.split())) from exc
