"""What an operator does with sessions from the command line."""
