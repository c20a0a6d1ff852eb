"""Changes the rules of ``emulator/domain`` in one place at a time, and prints what no test notices."""
