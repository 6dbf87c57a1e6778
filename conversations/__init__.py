"""Talks with a spoken partner, and what was learned from them."""
