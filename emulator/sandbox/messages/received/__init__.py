"""What people send: how it is written and received, what they change of it, and what they answer."""
