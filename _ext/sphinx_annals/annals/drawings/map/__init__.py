"""Maps of places, without borders."""
