"""Reading .bib files: every entry comes out, every fault is a finding. Pure."""
