"""The screens: they own state and await the Library in workers."""
