"""What the reader sees: a Textual app over the Library, and nothing below it."""
