"""What a test expects its app to have sent, and waiting for it."""
