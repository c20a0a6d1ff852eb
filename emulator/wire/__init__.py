"""Graph's JSON in both directions: requests to commands, facts to answers and webhooks; pure functions."""
