"""The three themes and the tokens that every look is made of.

Tokens, beyond Textual's own `$background`, `$panel`, `$foreground` and `$accent`:

- grounds: `$card`, `$cursor`;
- rules and words, from quiet to plain: `$line`, `$faint`, `$dim`, `$heading`;
- meanings: `$money`, `$won`, `$missing`, `$stuck`.

The `terminal` theme names only the terminal's own sixteen colours and its background. Where the others set
words back by a greyer colour it uses the `dim` attribute, and where they tint a ground it reverses it, so that it
reads without any colour: hence the tokens for text styles (`$dim-style`, `$cursor-style`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App


def _drawn(name: str, tokens: dict[str, str], *, dark: bool) -> Theme:
    """A theme of true colours, from the tokens of the design."""
    return Theme(
        name=name,
        dark=dark,
        primary=tokens["accent"],
        secondary=tokens["heading"],
        accent=tokens["accent"],
        foreground=tokens["text"],
        background=tokens["background"],
        surface=tokens["card"],
        panel=tokens["panel"],
        success=tokens["won"],
        warning=tokens["missing"],
        error=tokens["stuck"],
        variables={
            **{name: tokens[name] for name in _OWN},
            "dim-style": "none",
            "cursor-style": "none",
            "border": tokens["accent"],
            "border-blurred": tokens["line"],
            "block-cursor-background": tokens["cursor"],
            "block-cursor-foreground": tokens["text"],
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": tokens["cursor"],
            "block-cursor-blurred-foreground": tokens["text"],
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": tokens["cursor"],
            "input-selection-background": f"{tokens['accent']} 35%",
            "scrollbar": tokens["line"],
            "scrollbar-hover": tokens["faint"],
            "scrollbar-active": tokens["accent"],
            "scrollbar-background": tokens["background"],
            "scrollbar-background-hover": tokens["background"],
            "scrollbar-background-active": tokens["background"],
            "scrollbar-corner-color": tokens["background"],
        },
    )


_OWN: Final = ("card", "cursor", "line", "faint", "dim", "heading", "money", "won", "missing", "stuck")

DARK: Final = _drawn(
    "dark",
    {
        "background": "#14171c",
        "panel": "#1a1e25",
        "card": "#20252e",
        "cursor": "#2b3442",
        "line": "#303743",
        "faint": "#5b6472",
        "dim": "#98a1b0",
        "heading": "#aab3c2",
        "text": "#d7dce5",
        "accent": "#7fb4ff",
        "money": "#9fd6a5",
        "won": "#8bd48f",
        "missing": "#ffb454",
        "stuck": "#ff7a85",
    },
    dark=True,
)

LIGHT: Final = _drawn(
    "light",
    {
        "background": "#fbfbf9",
        "panel": "#f2f2ee",
        "card": "#ffffff",
        "cursor": "#dfeaff",
        "line": "#d4d5d0",
        "faint": "#9aa0a8",
        "dim": "#5f6670",
        "heading": "#454b55",
        "text": "#22262d",
        "accent": "#1f5fd0",
        "money": "#1d7a35",
        "won": "#1d7a35",
        "missing": "#9c5100",
        "stuck": "#c0273a",
    },
    dark=False,
)

TERMINAL: Final = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_default",
    accent="ansi_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        "card": "ansi_default",
        "cursor": "ansi_default",
        "line": "ansi_default",
        "faint": "ansi_default",
        "dim": "ansi_default",
        "heading": "ansi_default",
        "money": "ansi_green",
        "won": "ansi_green",
        "missing": "ansi_yellow",
        "stuck": "ansi_red",
        "dim-style": "dim",
        "cursor-style": "reverse",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_blue",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "bold reverse",
        "block-cursor-blurred-text-style": "reverse",
        "scrollbar": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)

THEMES: Final = {theme.name: theme for theme in (DARK, LIGHT, TERMINAL)}
"""By the name that the config file and the palette use."""


def install(app: App[Any], name: str = "dark") -> None:
    """Give `app` our themes and no others, and put on the one called `name`; call it before the first paint."""
    for other in list(app.available_themes):
        if other not in THEMES and other != "textual-dark":
            app.unregister_theme(other)
    for theme in THEMES.values():
        app.register_theme(theme)
    app.theme = name if name in THEMES else DARK.name
