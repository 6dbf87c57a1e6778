"""Recordings of speech, the runs that analyse them, and the reports they end in."""
