"""Other formats of bibliographies."""
