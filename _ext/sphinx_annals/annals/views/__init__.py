"""What pages show of the whole: filters, and one file for each view."""
