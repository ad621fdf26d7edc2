"""The quick line: one line of text that makes a deal. Only the name is needed.

`Acme renewal 12k close:fri stage:product co:"Acme Inc" src:inbound #eu`

- Keys: `amount:` `close:` `stage:` `co:`/`company:` `src:`/`source:` `prob:` `tag:`/`#` `step:` (the first next step,
  read like one typed on the board: `step:"call Ann fri"`). Values with spaces go in quotes; a date of several words
  (`close:12 dec`) and an amount with spaces (`amount:12 000`) do without.
- An **amount** needs no key where it cannot be taken for a part of the name: with a currency (`€500`, `500 EUR`), with
  `k`, `m`, `bn`, or with thousands marks (`12,000`) anywhere in the line; a bare number (`5000`, `12 000`) only as the
  last word of the name, from 100 up, and not when it reads as a year near today. So "Phase 2 rollout", "Boeing 747
  spares", "Renewal 2026" and "3M licence" keep their numbers. Of several amounts the last one counts.
- `#` and a digit is no tag ("order #42"). A word whose `word:` is no key ("Re: hello", a web
  address) is part of the name; where it looks like a key all the same, as does a negative number, `notes` say so.
- Quotes, or a `\\` before a word, keep it as it is: `"Phase 2" 12k`, `\\#1 supplier`, `\\12k`.

What is not understood is said in `problems` and left out; nothing else that was typed is ever left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from store.dates import DateOrder, describe_date, parse_date
from store.drafts import DealDraft, name_of, tags_of
from store.errors import Ambiguous, InvalidInput, NotFound
from store.money import Money, format_amount, parse_amount
from store.rules.amounts import NameWord, amount_in_name
from store.rules.name_notes import name_notes
from store.rules.naming import pick
from store.rules.spoken import MOST_WORDS, spoken_amount, spoken_date
from store.rules.steps import StepLine, parse_step
from store.rules.words import LONGEST_LINE, Word, split_words
from store.text import clean_line, quoted
from store.views import Pipeline

_KEYS: Final = {
    "amount": "amount",
    "close": "close",
    "stage": "stage",
    "co": "company",
    "company": "company",
    "src": "source",
    "source": "source",
    "prob": "probability",
    "probability": "probability",
    "tag": "tags",
    "tags": "tags",
    "step": "step",
}
_EXAMPLES: Final = {
    "amount": "amount:12k",
    "close": "close:fri",
    "stage": "stage:product",
    "company": 'co:"Acme Inc"',
    "source": "src:inbound",
    "probability": "prob:60",
    "tags": "tag:eu",
    "step": 'step:"call Ann fri"',
}
_LABELS: Final = {"close": "close date", "step": "next step"}
_ORDER: Final = ("amount", "close", "stage", "company", "source", "probability", "tags", "step")
_UNKNOWN: Final = frozenset({"?", "unknown"})
_ESCAPED: Final = re.compile(r"[#\"“\d$€£¥]")
_PERCENT: Final = re.compile(r"([0-9]{1,3})\s*%?")


@dataclass(frozen=True, slots=True)
class QuickLine:
    """A line as understood. `stage` is the full name of one of the pipeline's stages.

    `understood` are (label, text) pairs for the echo, in a fixed order; `problems` are sentences; `notes` say what was
    taken for a part of the name and was perhaps meant otherwise.
    """

    name: str
    amount: Money | None = None
    close_date: date | None = None
    stage: str | None = None
    company: str | None = None
    source: str | None = None
    probability: int | None = None
    tags: tuple[str, ...] = ()
    step: StepLine | None = None
    understood: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def draft(self, pipeline: Pipeline) -> DealDraft:
        """The deal that this line makes in `pipeline`, whose stage names it was read with."""
        stage = next((stage for stage in pipeline.stages if stage.name == self.stage), None)
        return DealDraft(
            self.name,
            pipeline.id,
            stage_id=None if stage is None else stage.id,
            amount=self.amount,
            close_date=self.close_date,
            company=self.company,
            source=self.source,
            probability=self.probability,
            tags=self.tags,
            next_step=None if self.step is None else self.step.draft(),
        )


def parse_quickline(
    text: str,
    today: date,
    currency: str,
    order: DateOrder = "dmy",
    stage_names: Sequence[str] = (),
    lost_names: Collection[str] = (),
) -> QuickLine:
    """`text` as understood on `today` in a pipeline of `currency` and `stage_names`, of which a deal cannot begin in
    `lost_names`. Never raises: see `problems`.
    """
    reading = _Reading(split_words(text), today, currency, order, stage_names, lost_names)
    reading.read()
    if len(text) > LONGEST_LINE:
        reading.problems.append(
            f"The line is too long; what comes after {LONGEST_LINE:,} characters is not read."
        )
    return reading.result()


def join_arguments(arguments: Sequence[str]) -> str:
    """The line that a shell took apart: `co:Acme Inc`, of which the shell has eaten the quotes, gets them back.

    A single argument is the line itself.
    """
    if len(arguments) == 1:
        return arguments[0]
    return " ".join(map(_requoted, arguments))


def _requoted(argument: str) -> str:
    key, colon, value = argument.partition(":")
    if colon and key.casefold() in _KEYS and len(value.split()) > 1 and '"' not in value:
        return f'{key}:"{value}"'
    return argument


@dataclass(slots=True)
class _Reading:
    """One pass over the words: what has been understood so far."""

    words: list[Word]
    today: date
    currency: str
    order: DateOrder
    stage_names: Sequence[str]
    lost_names: Collection[str]
    at: int = 0
    """The next word to be read."""
    name: list[NameWord] = field(default_factory=list)
    last_of_name: int = -1
    """Where in `words` the last word of the name stands."""
    tags: list[str] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    """The fields that a key was typed for, understood or not."""
    found: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """The value of each field, and its echo."""
    problems: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Take every word, then the amount out of the name, if a key has not given it."""
        while self.at < len(self.words):
            self.at += 1
            self._take(self.words[self.at - 1])
        amount = None if "amount" in self.given else amount_in_name(self.name, self.today, self.currency)
        if amount is not None:
            del self.name[amount.start : amount.end]
            self.found["amount"] = _echoed(amount.money)
        if self.tags:
            self.found["tags"] = (tuple(self.tags), " ".join(f"#{tag}" for tag in self.tags))

    def result(self) -> QuickLine:
        """What was understood."""
        name = clean_line(" ".join(word.text for word in self.name))
        if self.words:
            self._attempt(lambda: name_of(name, "deal name"))
        understood = [("name", name)] if name else []
        understood += [(_LABELS.get(key, key), self.found[key][1]) for key in _ORDER if key in self.found]
        values = {key: value for key, (value, _) in self.found.items()}
        if "close" in values:
            values["close_date"] = values.pop("close")
        notes = name_notes(self.name)
        return QuickLine(
            name, understood=tuple(understood), problems=tuple(self.problems), notes=notes, **values
        )

    def _take(self, word: Word) -> None:
        key, value = _keyed(word)
        if key:
            self._take_value(key, value, word)
        elif word.quoted is not None and word.head == "#":
            self._tag(word.quoted)
        elif word.quoted is not None and not word.head:
            self._name(word.quoted, literal=True)
        elif _is_tag(word.raw):
            self._tag(word.raw[1:])
        else:
            text = _unescaped(word.raw)
            self._name(text, literal=text != word.raw)

    def _name(self, text: str, *, literal: bool) -> None:
        follows = self.last_of_name == self.at - 2
        self.last_of_name = self.at - 1
        self.name.append(NameWord(text, literal, follows))

    def _take_value(self, key: str, value: str, word: Word) -> None:
        """The value of `key:`, for which a space after the colon does not matter."""
        what = _KEYS[key]
        twice = what in self.given and what != "tags"
        self.given.add(what)
        if not value.strip() and word.quoted is None:
            if self.at == len(self.words) or _keyed(self.words[self.at])[0]:
                self.problems.append(f"Nothing follows {key}: – type it like {_EXAMPLES[what]}.")
                return
            word = self.words[self.at]
            value = word.raw if word.quoted is None or word.head else word.quoted
            self.at += 1
        if twice:
            before = f", not {quoted(self.found[what][1])}" if what in self.found else ""
            self.problems.append(f"{key}: is given twice; the last one counts{before}.")
        open_ended = word.quoted is None
        self._attempt(lambda: self._read_value(what, value, open_ended))

    def _read_value(self, what: str, value: str, open_ended: bool) -> None:
        if what == "tags":
            for tag in value.split(",") if open_ended else [value]:
                self._tag(tag)
        elif what == "amount":
            self.found[what] = self._amount(value, open_ended)
        elif what == "close":
            day = self._day(value, open_ended)
            self.found[what] = (day, describe_date(day, self.today))
        elif what == "stage":
            name = self.stage_names[pick(value, self.stage_names, "stage")]
            if name in self.lost_names:
                raise InvalidInput(
                    f"A new deal cannot begin in {name}; add it, then say why it was lost.", "stage"
                )
            self.found[what] = (name, name)
        elif what == "probability":
            percent = _percent(value)
            self.found[what] = (percent, f"{percent} %")
        elif what == "step":
            step = parse_step(value, self.today, self.order)
            self.found[what] = (step, step.describe(self.today))
        else:
            self.found[what] = (name_of(value, what),) * 2

    def _tag(self, text: str) -> None:
        if clean_line(text).strip("#,; "):
            self._attempt(
                lambda: self.tags.extend(tags_of((*self.tags, text.strip("#,; ")))[len(self.tags) :])
            )

    def _amount(self, value: str, open_ended: bool) -> tuple[Money | None, str]:
        if value.casefold() in _UNKNOWN:
            return None, "unknown"
        if not open_ended:
            return _echoed(parse_amount(value, self.currency))
        taken, money = spoken_amount([value, *self._plain_words_ahead()], self.currency)
        self.at += taken - 1
        return _echoed(money)

    def _day(self, value: str, open_ended: bool) -> date:
        words = [value, *self._plain_words_ahead()] if open_ended else [value]
        taken, day = spoken_date(words, lambda text: parse_date(text, self.today, self.order))
        self.at += taken - 1
        return day

    def _plain_words_ahead(self) -> list[str]:
        ahead = []
        for word in self.words[self.at : self.at + MOST_WORDS]:
            if word.quoted is not None or _keyed(word)[0] or _is_tag(word.raw):
                break
            ahead.append(word.raw)
        return ahead

    def _attempt(self, take: Callable[[], object]) -> None:
        try:
            take()
        except (InvalidInput, NotFound, Ambiguous) as problem:
            self.problems.append(str(problem))


def _keyed(word: Word) -> tuple[str, str]:
    """The key of a word and its value; an empty key if it has none that the quick line knows."""
    if word.quoted is not None:
        key, value = word.head.removesuffix(":").casefold(), word.quoted
        known = word.head.endswith(":") and key in _KEYS
    else:
        key, colon, value = word.raw.partition(":")
        key = key.casefold()
        known = bool(colon) and key in _KEYS
    return (key, value) if known else ("", "")


def _is_tag(raw: str) -> bool:
    return len(raw) > 1 and raw[0] == "#" and raw[1] != "#" and not raw[1].isdecimal()


def _unescaped(raw: str) -> str:
    """`raw` without a leading backslash that keeps the rest from being understood."""
    rest = raw[1:]
    if raw.startswith("\\") and (_ESCAPED.match(rest) or rest.partition(":")[0].casefold() in _KEYS):
        return rest
    return raw


def _percent(value: str) -> int:
    found = _PERCENT.fullmatch(value.strip())
    if found is None or int(found[1]) > 100:
        raise InvalidInput(
            f"{quoted(value)} is not a probability; type a whole percent from 0 to 100.", "probability"
        )
    return int(found[1])


def _echoed(money: Money) -> tuple[Money, str]:
    return money, format_amount(money.minor, money.currency)
