"""Hearing and speaking: whichever engines are set up, asked in turn, behind a few services."""
