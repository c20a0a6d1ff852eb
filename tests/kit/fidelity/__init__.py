"""The table of fidelity asked of the emulator, and recorded exchanges asked again."""
