"""Citing in a Sphinx build: domain, roles, directives, transforms."""
