"""What is remembered of the last build, in a file beside its PDFs.

Outputs are replaced by good ones alone. Under ``-W`` a build with a warning has failed, so that it
leaves the PDF as it was; and since Sphinx warns of a document when it reads it, and never again,
the next build under ``-W`` reads all documents anew, as long as one has warned.
"""

import hashlib
import json
from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sphinx_annals.text import replace_file

_FILE = ".typst_pdf"


@dataclass(frozen=True)
class State:
    """What a build has left: what its files were made of, their digests, whether it warned."""

    made_of: str = ""
    files: dict[str, str] = field(default_factory=dict)
    warned: bool = False

    @classmethod
    def read(cls, folder: Path) -> "State":
        """Give that of the last build in a folder; of none, where there is none to be read."""
        try:
            state = cls(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()
        return state if isinstance(state.files, dict) else cls()

    def write(self, folder: Path) -> None:
        """Write it into the folder. Raises OSError."""
        replace_file(folder / _FILE, json.dumps(asdict(self)).encode())

    def remove_others(self, folder: Path, books: Container[str]) -> set[str]:
        """Remove its files of other than these books, unless another hand has changed them, and
        give whose they were. Of a book that stays, another builder may have made one of them.

        Raises OSError.
        """
        others = [name for name in self.files if Path(name).stem not in books]
        same = [name for name, made in digests(folder, others).items() if made == self.files[name]]
        for name in same:
            (folder / name).unlink()
        return {Path(name).stem for name in same}


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Give the digests of those files that are there, by their names."""
    paths = {name: folder / name for name in names}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if path.is_file()
    }
