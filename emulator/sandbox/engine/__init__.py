"""What moves a sandbox's time and carries out what is due."""
