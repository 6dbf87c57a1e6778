"""What can be swapped: speech recognisers, voices, language models. Pure Python, no Django."""
