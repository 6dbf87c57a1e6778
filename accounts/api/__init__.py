"""The account over HTTP: what docs/api.md promises, told to services and selectors."""
