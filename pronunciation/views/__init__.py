"""The pages of pronunciation."""
