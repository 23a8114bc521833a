"""What authors state: fields, records, statements, and the catalogue of it all. Pure.

A field is declared in ``fields.toml``, with one of the types of :mod:`.types`; :mod:`.project`
adds those of a project, :mod:`.facts` shows them.
"""

from sphinx_annals.annals.model import converters
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.facts import (
    Fact,
    bounds_of,
    cells_of,
    columns_of,
    facts_of,
    heading_of,
    in_text,
    parts_of,
    remarks_of,
    taken_from_others,
    when,
)
from sphinx_annals.annals.model.filing import filed, filing_forms, headings, names_of
from sphinx_annals.annals.model.marked import Marked, listed, phrase_of, run_of
from sphinx_annals.annals.model.project import read_schema
from sphinx_annals.annals.model.records import (
    PHRASES,
    RECORDS,
    Article,
    Authority,
    Event,
    Organisation,
    Person,
    Place,
    Record,
    Treaty,
)
from sphinx_annals.annals.model.schema import BUILT_IN, Field, Schema, label_of
from sphinx_annals.annals.model.statements import (
    OUTCOMES,
    STANCES,
    WEIGHTS,
    Account,
    DocumentNotes,
    Mention,
    Statement,
    Use,
    Verdict,
    where,
)
from sphinx_annals.annals.model.types import (
    Actors,
    Choice,
    Citations,
    Coordinates,
    Data,
    Date,
    Id,
    Identifier,
    Ids,
    Length,
    Names,
    Number,
    Phrase,
    Wordings,
    WordList,
    is_stated,
    read_as_meant,
    refer,
)
from sphinx_annals.annals.model.values import (
    ACTORS,
    Actor,
    Kind,
    Link,
    Markup,
    Name,
    ParallelText,
    Part,
    Values,
    Words,
)
