"""Timed practice: sequences, questions, sessions, and the days on which somebody practised."""
