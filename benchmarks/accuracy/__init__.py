"""How near the measures come to labelled speech: `make accuracy`."""
