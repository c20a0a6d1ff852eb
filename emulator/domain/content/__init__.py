"""What free-form messages contain: a module for each kind, and the table of them."""
