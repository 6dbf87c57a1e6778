"""Common learner errors and their better forms, from rules as data."""
