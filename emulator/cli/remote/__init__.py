"""Commands on a sandbox of an emulator that runs already, by its control API."""
