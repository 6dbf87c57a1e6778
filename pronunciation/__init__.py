"""Sentences said again and again."""
