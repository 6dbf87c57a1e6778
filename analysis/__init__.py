"""From a recording to its report: pure Python, no Django, no user, no database."""
