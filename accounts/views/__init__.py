"""The account pages: thin translations of requests into services and selectors."""
