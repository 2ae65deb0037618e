"""The panes of the main screen: they draw values and post messages, no more."""
