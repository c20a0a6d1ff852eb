"""What each rule of a send looks at, by subject; :mod:`emulator.domain.rules` has their order."""
