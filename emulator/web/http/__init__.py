"""Parts of :class:`emulator.web.server.Server`: waitress, with limits, time-outs and threads of our own."""
