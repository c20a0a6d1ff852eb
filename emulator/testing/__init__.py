"""The pytest plugin: a sandbox a test, time travel, and failures that tell the story."""
