"""Message templates: their components, the editor's rules, their lifecycle, and how a send fills them."""
