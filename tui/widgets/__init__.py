"""Widgets: each draws what it is given and posts a message about what the user did. None touches the store."""
