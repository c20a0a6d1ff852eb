"""What a test may name as the receiver of its webhooks."""
