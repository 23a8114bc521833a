"""Which words can be keys."""

import re


def valid_key(key: str) -> bool:
    """Tell whether a key can stand in a .bib file, in a role and in a list of sources."""
    return bool(re.fullmatch(r"(?!via$)[^\W_](?:[\w.:+/-]*[\w+])?", key))
