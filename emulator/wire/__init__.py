"""Graph's JSON, both directions: bodies to commands, facts to answers and webhooks. Pure functions."""
