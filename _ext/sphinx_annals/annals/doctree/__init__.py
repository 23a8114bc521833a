"""Nodes of the domain, and how records become nodes of a page."""
