"""Message templates: their parts, the editor's rules, review, and what a send must bring along."""
