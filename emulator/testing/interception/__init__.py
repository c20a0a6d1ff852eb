"""Meta's hosts in a test: calls for them are brought to the test's sandbox, or refused; none goes out."""
