"""The namespaces of people: who they are, what they do, and how they stand to the business numbers."""
