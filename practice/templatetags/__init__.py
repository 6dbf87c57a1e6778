"""What templates of practice say."""
