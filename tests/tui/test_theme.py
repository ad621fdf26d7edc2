"""The three themes: readable, and the terminal's own without any colour of ours."""

from __future__ import annotations

import pytest
from textual.color import Color

from tests.tui.looking import BoardApp
from tui import theme
from tui.widgets.demo import BoardDemo

GROUNDS = ("background", "panel", "card", "cursor")


def colour(name: str, token: str) -> Color:
    chosen = theme.THEMES[name]
    own = {
        "background": chosen.background,
        "panel": chosen.panel,
        "text": chosen.foreground,
        "accent": chosen.accent,
    }
    return Color.parse(str(own.get(token) or chosen.variables[token]))


def luminance(colour: Color) -> float:
    """The relative luminance of WCAG 2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(
    ("token", "least"),
    [
        ("text", 7),
        ("dim", 4.5),
        ("heading", 4.5),
        ("money", 4.4),
        ("missing", 4.5),
        ("stuck", 4.5),
        ("accent", 4.5),
    ],
)
def test_words_stand_out_from_their_ground(name: str, ground: str, token: str, least: float) -> None:
    darker, lighter = sorted((luminance(colour(name, ground)), luminance(colour(name, token))))
    assert (lighter + 0.05) / (darker + 0.05) >= least


@pytest.mark.parametrize("name", list(theme.THEMES))
async def test_every_theme_paints_the_page(name: str) -> None:
    app = BoardDemo(name)
    async with app.run_test(size=(160, 48)):
        assert app.theme == name
        assert set(app.available_themes) <= {*theme.THEMES, "textual-dark"}


async def test_the_terminal_theme_names_no_colour_of_its_own_and_reverses_the_cursor() -> None:
    app = BoardApp(theme_name="terminal")
    async with app.run_test(size=(126, 37)):
        styles = [segment.style for y in range(37) for segment in app.board.render_line(y) if segment.style]
    colours = {colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None}
    assert all(colour.triplet is None for colour in colours)
    reversed_styles = [style for style in styles if style.reverse]
    assert reversed_styles
    assert all(style.color is None or style.color.is_default for style in reversed_styles)


async def test_the_themes_change_under_the_running_page() -> None:
    app = BoardDemo()
    async with app.run_test(size=(160, 48)) as pilot:
        seen = set()
        for _ in range(4):
            await pilot.press("ctrl+t")
            await pilot.pause()
            seen.add(app.theme)
        assert seen == set(theme.THEMES)
