"""`python -m tui` is `deals`."""

from tui.cli import run

if __name__ == "__main__":
    run()
