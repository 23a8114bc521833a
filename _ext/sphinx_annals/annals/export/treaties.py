"""Akoma Ntoso as a format: its name and files, known without the libraries that write it."""

from sphinx_annals.annals.export.base import Download, Files, Format
from sphinx_annals.annals.export.publication import Publication, file_name
from sphinx_annals.annals.model import Treaty


def _make(publication: Publication) -> Files:
    from sphinx_annals.annals.export import akoma  # imports the libraries of an extra

    return akoma.export(publication)


def _downloads(publication: Publication) -> list[Download]:
    catalogue = publication.catalogue
    return [
        Download(
            f"treaties/{file_name(treaty.id)}.xml",
            len(catalogue.articles_of(treaty)) or None,
            "provision",
            "provisions",
        )
        for treaty in catalogue.of_type(Treaty)
    ]


FORMAT = Format(
    "akn",
    "Akoma Ntoso",
    "The treaties and their provisions in the XML of legal documents, one file each.",
    _make,
    _downloads,
    needs=("cobalt", "lxml"),
)
