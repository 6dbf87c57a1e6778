"""Django finds the commands of the project below."""
