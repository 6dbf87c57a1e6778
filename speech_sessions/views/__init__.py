"""The pages of speech sessions: each view asks selectors or calls one service, and shows a page."""
