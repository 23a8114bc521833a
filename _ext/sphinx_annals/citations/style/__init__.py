"""The style: labels, references, locators, the order of lists. Pure."""
