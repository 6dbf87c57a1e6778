"""Words met or missed, and when to look at them again."""
