"""Values to SVG; nothing here knows Sphinx."""
