"""The pages of vocabulary."""
