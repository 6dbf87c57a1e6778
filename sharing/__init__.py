"""What one person lets another see: links, whom they are for, until when, and who opened them."""
