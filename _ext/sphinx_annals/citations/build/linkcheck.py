"""What linkcheck finds, told of the entry that has the address: a list is one line to it."""

import json
from collections import defaultdict
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.messages import warn

FAULTS = ("broken", "timeout")


def name_entries(app: Sphinx, exception: Exception | None) -> None:
    """Warn at each entry whose address leads nowhere."""
    results = Path(app.outdir) / "output.json"
    if app.builder.name != "linkcheck" or exception or not results.is_file():
        return
    entries = defaultdict(list)
    for entry in domain_of(app.env).library.entries.values():
        entries[entry.link].append(entry)
    found = (json.loads(line) for line in results.read_text(encoding="utf-8").splitlines())
    faults = {item["uri"]: item["info"] for item in found if item["status"] in FAULTS}
    for uri, reason in faults.items():
        for entry in entries.get(uri, ()):
            message = f"[{entry.key}] {uri} leads nowhere: {reason}"
            warn(Subtype.LINK, message, f"{entry.path}:{entry.line}")
