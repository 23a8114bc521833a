"""What the language server esbonio offers of the objects."""
