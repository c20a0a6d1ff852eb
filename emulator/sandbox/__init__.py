"""One universe and what can be done in it: its state, its time, and the services that act on them.

The doors call :class:`~emulator.sandbox.sandbox.Sandbox`, whose namespaces are thin over the services of the
folders here.
"""
