"""The commands of `deals`, one module each: `add_arguments(parser)` and `run(args, context) -> int`.

The table below is all that `deals --help` needs; a command's module is imported when it is called.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Command(NamedTuple):
    """One command: its module in this package, one line that says what it does, and examples of its use."""

    name: str
    module: str
    summary: str
    examples: tuple[str, ...]
    dashed_words: bool = False
    """Whether words that begin with one dash are words (`-tag:old` in a filter), not options."""


COMMANDS: Final = (
    Command("demo", "demo", "open the board on made-up deals in a throw-away file", ("deals demo",)),
    Command(
        "init",
        "init",
        "make the file, or one more pipeline in it, from a template",
        ('deals init --template "short cycle" --name Sales --currency EUR',),
    ),
    Command(
        "add",
        "add",
        "add a deal, typed in one line",
        ('deals add "Acme renewal 12k close:fri stage:product"',),
    ),
    Command(
        "list",
        "list_",
        "list the open deals, all of them or those that a filter lets through",
        ("deals list --stage product", 'deals list "amount>10k" tag:eu -tag:old --json'),
        dashed_words=True,
    ),
    Command("show", "show", "show everything about one deal", ("deals show 7", "deals show initech")),
    Command(
        "move",
        "move",
        "move deals to a stage",
        ('deals move 7 product --evidence "joined the trial call"', "deals move 3 7 9 signed"),
    ),
    Command("won", "won", "mark deals as won", ("deals won 7",)),
    Command("lost", "lost", "mark deals as lost, with the reason", ("deals lost 7 --reason competitor",)),
    Command("board", "board", "print the board", ("deals board", "deals board --json")),
    Command(
        "stuck",
        "stuck",
        "list the deals that need a decision today",
        ("deals stuck", "deals stuck --quiet --short"),
    ),
    Command(
        "review",
        "review",
        "go through the deals that need a decision, one at a time",
        ("deals review", "deals review --json"),
    ),
    Command("today", "today", "list the tasks that are due today and this week", ("deals today",)),
    Command(
        "task",
        "task",
        "add, finish, move or list tasks",
        (
            'deals task add acme "call Ann fri 14:30"',
            "deals task done 12",
            "deals task move 12 fri",
            "deals task list acme",
        ),
    ),
    Command(
        "people",
        "people",
        "list people, with what their deals are worth",
        ("deals people", "deals people acme --json"),
    ),
    Command(
        "companies",
        "companies",
        "list companies, with their people and what their deals are worth",
        ("deals companies", "deals companies acme --json"),
    ),
    Command(
        "forecast",
        "forecast",
        "tell what this month and the next ones will bring",
        ("deals forecast", "deals forecast --month 2026-11 --json"),
    ),
    Command(
        "goal",
        "goal",
        "show the goals, or set a month's or every month's",
        ("deals goal 2026-11 30000", "deals goal every 25k", "deals goal nov none", "deals goal"),
    ),
    Command(
        "stage",
        "stage",
        "show the stages, or set the probability of one",
        ("deals stage product --probability 45", "deals stage"),
    ),
    Command("undo", "undo", "undo the last change", ("deals undo",)),
    Command("redo", "redo", "redo the change that was undone last", ("deals redo",)),
    Command("history", "history", "list what was done, the newest first", ("deals history --limit 50",)),
    Command("import", "import_", "import deals from a CSV file", ("deals import deals.csv --dry-run",)),
    Command(
        "export",
        "export",
        "export all deals to a CSV file, or what is due to a calendar",
        ("deals export deals.csv", "deals export deals.ics"),
    ),
    Command(
        "rate",
        "rate",
        "show the exchange rates, or set one of your own",
        ("deals rate EUR USD 1.08", "deals rate EUR USD none", "deals rate"),
    ),
    Command(
        "backup",
        "backup",
        "make a backup, among the automatic ones or in a file of your own",
        ("deals backup", "deals backup /media/usb/deals.db"),
    ),
    Command(
        "restore",
        "restore",
        "list the backups, or go back to one",
        ("deals restore", "deals restore 2", "deals restore /media/usb/deals.db"),
    ),
    Command(
        "doctor",
        "doctor",
        "check the file, and repair what can be repaired",
        ("deals doctor", "deals doctor --repair"),
    ),
    Command("info", "info", "tell where everything is, and which versions are at work", ("deals info",)),
    Command(
        "completion",
        "completion",
        "print the completion script of a shell",
        ('eval "$(deals completion bash)"', "deals completion fish > ~/.config/fish/completions/deals.fish"),
    ),
)
"""Every command, in the order of the help."""

OPENING: Final = Command("", "opening", "open the board", ("deals", "deals --db FILE"))
"""What `deals` alone does."""

GLOBAL_OPTIONS: Final = (
    (
        "--db",
        "FILE",
        "the deals file (else $DEALS_DB, the config file's db, the usual place)",
    ),
    ("--pipeline", "NAME", "the pipeline; without it the first one"),
    ("--today", "YYYY-MM-DD", "the day it counts as, for what is shown and for the dates of changes"),
    ("--json", None, "print JSON"),
)
"""Option, the name of its value, what it is for. They may stand before or after the command."""

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
BUSY: Final = 3
INTERRUPTED: Final = 130


class UsageError(Exception):
    """The command line is not used as it is meant to be; the text is one line that says what to do instead."""


class CommandError(Exception):
    """A command cannot do what it was asked; the text is one line that says why and what to do."""


def command_named(name: str) -> Command | None:
    """The command that goes by exactly `name`."""
    return next((command for command in COMMANDS if command.name == name), None)


def examples_text(examples: tuple[str, ...]) -> str:
    """The first lines of a help text."""
    first, *others = examples
    return "".join([f"Example: {first}\n", *(f"         {other}\n" for other in others)])
