"""What the pages show, ready to be read: pure functions, so that templates hold no logic."""
