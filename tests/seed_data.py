"""Write anew what stands beside the seeds in ``fixtures/seeds``, from which they are read without YAML.

``make seeds`` runs it, after a change of one of them.
"""

from __future__ import annotations

from emulator.sandbox.seeds import compiled, files, named

if __name__ == "__main__":
    for name in named.names():
        file = named.find(name)
        compiled.write(file, files.read_file(file))
