"""What the calls of the account take and give."""
