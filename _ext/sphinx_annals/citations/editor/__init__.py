"""Citation keys in the language server esbonio."""
