"""Treaties as a table with the columns chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sphinx_annals.annals.model import Treaty
from sphinx_annals.annals.views.options import Sort, sorting
from sphinx_annals.annals.views.record_table import RecordTable, of_fields


@dataclass(frozen=True, kw_only=True)
class TreatyTable(RecordTable):
    """Treaties as a table with the columns chosen."""

    name: ClassVar[str] = "treaty-table"
    noun: ClassVar[str] = "treaty"
    record_type = Treaty

    sort: Sort = sorting("date", "title", "kind")
    columns: tuple[str, ...] = of_fields("treaty", "kind", "parties", "signed", "term")
