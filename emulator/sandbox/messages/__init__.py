"""Messages in both directions: accepted, delivered, received."""
