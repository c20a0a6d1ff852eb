"""Calls for Meta's own hosts, brought to the emulator: TLS with a certificate authority of ours, a proxy."""
