"""Weights of the filled-pause detector, and how they are trained."""
