"""The subtypes of the warnings of typst_pdf."""

from sphinx_annals.messages import WarningSubtype


class Subtype(WarningSubtype, type="typst_pdf"):
    """What a warning is about; ``suppress_warnings`` takes ``typst_pdf.`` and the value."""

    CONFIG = "config"
    """A setting with a value that it cannot have."""
    FONT = "font"
    """A font that is not installed, or a character that no font has."""
    UNKNOWN_NODE = "unknown_node"
    """A node that has no visitor for Typst, or not the form that docutils gives it."""
    TARGET = "target"
    """A link whose target is not in the book."""
    URI = "uri"
    """A link with a scheme that is not followed."""
    ALT = "alt"
    """An image without alternative text."""
    HEADING = "heading"
    """A heading without words."""
    IMAGE = "image"
    """An image that cannot be printed, copied or converted."""
    TABLE = "table"
    """A table that is too wide for a page."""
    OUTPUT = "output"
    """What cannot be printed of a notebook, a diagram or a film."""
    MATH = "math"
    """A formula that is printed as TeX."""
    TYPST = "typst"
    """What the compiler warns of."""
