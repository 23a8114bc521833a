"""Source criticism: what accounts say, how they compare, how a point stands. Pure."""
