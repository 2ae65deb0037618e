"""The internet side: how bytes from elsewhere become clean values."""
