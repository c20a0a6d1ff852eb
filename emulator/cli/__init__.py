"""The command line: serve, demo, and the acts of a running emulator."""
