"""What every answer of the API promises."""
