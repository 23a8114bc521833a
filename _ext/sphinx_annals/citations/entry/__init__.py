"""A bibliographic entry and what its fields hold: names, dates, TeX. Pure."""
