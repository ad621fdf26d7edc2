"""What the buyer did that lets deals into a stage."""

from __future__ import annotations

from typing import Final

from textual.widget import Widget
from textual.widgets import Static

from store import InvalidInput, Stage, printable
from tui.screens.leaving import Undone
from tui.screens.prompt import PromptScreen
from tui.screens.typed_line import Line
from tui.screens.understood import Understood

SKIPPED: Final = "in a few words; ⏎ alone skips this"
REQUIRED: Final = "in a few words"


class EvidenceScreen(PromptScreen[str]):
    """Asks for the evidence of one stage, with its criterion in view. An empty line skips, unless the stage requires
    evidence. It begins with what was `typed` before and not saved. What the deals leave undone where they are is said
    beside, so that one Enter answers both.
    """

    DEFAULT_CSS = """
    EvidenceScreen .undone { margin-top: 1; }
    """

    KEYS = (("⏎", "move"), ("esc", "stay"))

    def __init__(self, stage: Stage, left: Undone | None = None, typed: str = "") -> None:
        criterion = printable(stage.criterion)

        def understand(text: str) -> Understood[str]:
            if stage.evidence_required and not text.strip():
                raise InvalidInput(f"{stage.name} asks for evidence: say what the buyer did.")
            return Understood(text.strip(), criterion)

        super().__init__(
            f"{stage.name}: what did the buyer do?",
            Line(
                understand,
                typed,
                placeholder=REQUIRED if stage.evidence_required else SKIPPED,
                hint=criterion,
                again=bool(typed),
            ),
        )
        self._left = left

    def content(self) -> tuple[Widget, ...]:
        """The line, the criterion, and what is left undone."""
        if self._left is None:
            return super().content()
        return *super().content(), Static(self._left.content(), classes="undone")
