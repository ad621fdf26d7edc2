"""Every action of the screen by name, in the command palette."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.keys import Command
from tui.theme import THEMES


class ActionProvider(Provider):
    """Finds the commands that the screen says it has (`palette_commands`), and the themes."""

    async def discover(self) -> Hits:
        """Everything, in the order of the help."""
        for name, about, action in self._entries():
            yield DiscoveryHit(Content(name), partial(self._run, action), text=name, help=about)

    async def search(self, query: str) -> Hits:
        """What the query fits."""
        matcher = self.matcher(query)
        for name, about, action in self._entries():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), partial(self._run, action), text=name, help=about)

    def _entries(self) -> list[tuple[str, str, str]]:
        commands: tuple[Command, ...] = getattr(self.screen, "palette_commands", ())
        found = [
            (command.help, command.keys_shown, command.action)
            for command in commands
            if command.id != "palette"
        ]
        return found + [(f"theme: {name}", "", f"app.wear('{name}')") for name in THEMES]

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)
