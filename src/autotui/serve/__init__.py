"""The reader in a browser: who may come in, the page, and the app behind each page.

Needs the extra ``web`` (textual-serve). Only the command ``serve`` imports it, late.
"""
