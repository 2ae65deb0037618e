"""A story's page to a Page: the story, clean, and what is said about it."""
