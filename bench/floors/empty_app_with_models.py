"""The least memory of any Textual app that writes through SQLModel."""

import sqlmodel  # noqa: F401  # held in memory, that is the point
from textual.app import App

App[None]().run()
