"""The documents of a book, made ready for paper one by one and bound in one volume."""

from sphinx_annals.pdf.volume.hypertext import read_html
from sphinx_annals.pdf.volume.joining import VolumeBuilder, elements, first
from sphinx_annals.pdf.volume.paragraphs import picture_line, put_in_paragraphs
