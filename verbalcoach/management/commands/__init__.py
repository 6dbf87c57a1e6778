"""Commands that set up and show the product."""
