"""What WhatsApp decides: pure rules, without I/O, clocks, randomness or frameworks."""
