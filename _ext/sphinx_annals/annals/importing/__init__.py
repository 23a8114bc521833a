"""What historians have already, as annotations: tables, TEI, Wikidata. Pure.

A reader makes drafts of objects and remarks on what it cannot read; a plan gives the drafts ids,
finds whom they mean and which the book has; writing gives them as an author would write them.
"""

from sphinx_annals.annals.importing.drafts import Draft, Place, Reading, Remark
from sphinx_annals.annals.importing.files import read
from sphinx_annals.annals.importing.mapping import How, Mapped, MappingError, kind_of, read_mapping
from sphinx_annals.annals.importing.planning import Known, Plan, plan
from sphinx_annals.annals.importing.writing import MARKDOWN, REST, Markup, markup_of, written
