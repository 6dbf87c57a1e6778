"""Users, sign-in, second factors, tokens."""
