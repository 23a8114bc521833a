"""Make a PDF smaller: Typst writes each object of it by itself, uncompressed.

Pure: no Sphinx. The structure of a tagged book is thousands of small objects; together they are
compressed to a third. Nothing else changes: neither pages, nor tags, nor the metadata by which
a file says that it is PDF/UA or PDF/A.
"""

import io
from collections.abc import Iterable

import pikepdf

#: PDF 1.4 has no object streams, and PDF/A-1 is PDF 1.4.
_WITHOUT = frozenset({"1.4", "a-1a", "a-1b"})


def compressed(data: bytes, standards: Iterable[str]) -> bytes:
    """Give a PDF with its objects compressed, unless a standard forbids that.

    The same bytes give the same bytes.
    """
    if _WITHOUT & set(standards):
        return data
    made = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            made,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return made.getvalue()
