"""The subtypes of the warnings of annals."""

from sphinx_annals.messages import WarningSubtype


class Subtype(WarningSubtype, type="annals"):
    """What a warning is about; ``suppress_warnings`` takes ``annals.`` and the value."""

    ACCOUNT = "account"  # an account or verdict without an object, a property or a source
    CHECK = "check"  # an acknowledgement of a finding that no check makes
    CONFIG = "config"  # a kind or field that a project declares and that cannot be read
    DATE = "date"  # a date that is not EDTF
    DUPLICATE = "duplicate"  # an id that two annotations share
    EMPTY = "empty"  # an annotation that says nothing and is about nothing
    EXPORT = "export"  # a format asked for that is none, or lacks its library
    FILTER = "filter"  # a view's filter that cannot be met, or that is not one
    ID = "id"  # an annotation without an id, or with one that is malformed
    MARKDOWN = "markdown"  # an annotation that Markdown takes for prose
    OPTION = "option"  # an option that the directive does not have, or a value it cannot read
    REFERENCE = "ref"  # a reference to an id that nobody defines, or of another kind of object
    SOURCE = "source"  # a source that cannot be read as a citation
    TITLE = "title"  # an annotation without a title
    TREATY = "treaty"  # a provision outside a treaty
