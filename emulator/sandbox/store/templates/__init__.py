"""Templates, and how accounts use them."""
