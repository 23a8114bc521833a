"""What editors should look at: one file for each check, and the builder that reports."""
