"""The indices of the domain, and its part in the general index."""
