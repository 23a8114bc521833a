"""Give works as a list, a note or the text shows them, in any style.

The style is that of conf.py unless another is named: one of the house's,
author-date or notes, a CSL style by its name, or a .csl file.

examples:
  sphinx-annals cite format heinzig2004arduous
  sphinx-annals cite format heinzig2004arduous --style apa
  sphinx-annals cite format heinzig2004arduous --locator "p. 364"
"""

import argparse

from sphinx_annals.citations.cli.keys import KEYS, entries_of
from sphinx_annals.citations.scan import Project
from sphinx_annals.citations.style.csl import SheetError
from sphinx_annals.cli import JSON, Arguments, print_json, print_wrapped
from sphinx_annals.sources import ProjectError

ARGUMENTS: Arguments = {
    **KEYS,
    "--style": {"metavar": "STYLE", "help": "a style, instead of that in conf.py"},
    "--locator": {"default": "", "metavar": "TEXT", "help": "a place in the work, such as “p. 3”"},
    **JSON,
}


def run(args: argparse.Namespace, project: Project) -> int:
    """Print each work in its forms; 1 if a key is unknown."""
    entries = entries_of(args.keys, project)
    try:
        shown = project.formatted(entries, args.locator, args.style)
    except (SheetError, ModuleNotFoundError) as error:
        raise ProjectError(str(error)) from error
    if args.json:
        print_json(shown)
    else:
        for number, (key, forms) in enumerate(shown.items()):
            print(key if not number else f"\n{key}")
            for form, text in forms.items():
                print_wrapped(f"{form}: {text}", 2, 2)
    return 0 if len(entries) == len(args.keys) else 1
