"""``python -m emulator``: the command line."""

from emulator.cli.main import main

if __name__ == "__main__":
    main()
