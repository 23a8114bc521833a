"""Text that Markdown shows as it stands."""

import re


def literal(text: str) -> str:
    """Give a text as Markdown in which none of its characters is markup."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
