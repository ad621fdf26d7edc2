"""Beginning an import: which file, and then its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.understood import Understood

_FILE: Final = "the file to import"
"""By this the path that was typed last is kept while its file could not be imported."""


class ImportActions(Acting):
    """For a screen from which deals can be imported."""

    def action_import_deals(self) -> None:
        """Ask for the file and show what importing it would do; a file that cannot be read is told."""
        from tui.screens.import_file import ImportFileScreen

        lines = self.context.unsaved_lines

        def chosen(answer: Understood[Path] | None) -> None:
            if answer is not None:
                lines[_FILE] = answer.text
                self._preview(answer.value)

        self.app.push_screen(ImportFileScreen(lines.get(_FILE, "")), chosen)

    def _preview(self, path: Path) -> None:
        from tui.screens.import_deals import ImportDealsScreen, Left

        def left(how: Left | None) -> None:
            if how is None:
                return
            if how.imported:
                self.context.unsaved_lines.pop(_FILE, None)
            if how.words:
                self.tell(how.words, wrong=True)
            if how.other_file:
                self.action_import_deals()

        self.app.push_screen(ImportDealsScreen(self.context, path), left)
