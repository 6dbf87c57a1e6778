"""Template filters of speech sessions."""
