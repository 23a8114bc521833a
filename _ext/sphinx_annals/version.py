"""The version of the package, of its three wings and of the book; said nowhere else."""

__version__ = "0.1.0"
