"""The limits of a sandbox: counted, enforced, reported."""
