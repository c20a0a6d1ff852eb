"""Bodies of sends that hypothesis makes from the shapes: valid ones, and ones with exactly one mistake."""
