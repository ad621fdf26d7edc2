"""The least that any Textual app costs: nothing on the screen."""

from textual.app import App

App[None]().run()
