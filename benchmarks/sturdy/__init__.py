"""Pages changed in ways that must not matter to what is read of them."""
