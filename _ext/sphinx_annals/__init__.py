"""Writing history as an annotated book: annotations, citing by key, a PDF by pip."""
