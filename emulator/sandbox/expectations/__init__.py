"""What a test expects of an app in a sandbox: finding it, waiting for it, and telling what came instead."""
