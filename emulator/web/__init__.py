"""The HTTP doors, thin: parse, ask the sandbox, render."""
