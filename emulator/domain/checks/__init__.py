"""The checks of the rules of a send, by subject; :mod:`emulator.domain.rules` has their order and sources."""
