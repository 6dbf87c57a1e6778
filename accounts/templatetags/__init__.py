"""Tags of the account."""
