"""What is wrong, or looks wrong, with a bibliography and with its use. Pure."""

from sphinx_annals.citations.checks.checksums import doi_problems, number_problems
from sphinx_annals.citations.checks.namecheck import near
from sphinx_annals.citations.checks.rules import NOTES, PROBLEMS, Bibliography, check
