"""What a send must bring to fill a template, and the message that comes of it."""
