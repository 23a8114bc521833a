"""Where the source files of a project cite, read without Sphinx."""
