"""Fences: one module for each neighbour whose internals we touch, and what would break it."""
