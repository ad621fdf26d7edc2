"""The deals of the demo that are over, drawn from a seed: believable in the whole, and always the same for a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from store.sample import texts
from store.sample.open_stories import OLD_CUSTOMERS
from store.sample.stories import (
    DECISION,
    LOST,
    RADAR,
    TRIAL,
    WON,
    Event,
    Expected,
    Moved,
    Planned,
    Somebody,
    Story,
    Touched,
)
from store.views import Role, Stance

WEEKS: Final = 26
"""How far back the demo goes."""

_WON_OF_TEN: Final = (0, 2, 5, 7)
"""Which of ten deals in a row are won."""

_WON_THIS_MONTH: Final = 3
_LOST_THIS_MONTH: Final = 2
_FIRST_CYCLE_DAYS: Final = 18
_LONGEST_CYCLE_DAYS: Final = 64


_People = tuple[Somebody, Somebody]
"""Who wants it and who decides."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """When a deal was over, and whether it was won."""

    day: date
    won: bool


def closed_stories(today: date, rng: Random) -> tuple[Story, ...]:
    """Fifty deals that were won or lost in the weeks before `today`, some of each in its month."""
    endings = _endings(today, rng)
    people = _people(rng)
    return tuple(
        _story(row, ending, people[row[0]], today, rng)
        for row, ending in zip(texts.CLOSED, endings, strict=True)
    )


def _endings(today: date, rng: Random) -> list[_Ending]:
    """The ends in order: spread evenly up to this month, then those of this month up to today."""
    month = today.replace(day=1)
    first, last = today - timedelta(days=WEEKS * 7 - _FIRST_CYCLE_DAYS - 4), month - timedelta(days=1)
    earlier = len(texts.CLOSED) - _WON_THIS_MONTH - _LOST_THIS_MONTH
    span = (last - first).days
    endings = []
    for index in range(earlier):
        offset = span * index // (earlier - 1) + rng.randint(-2, 2)
        endings.append(_Ending(first + timedelta(days=min(max(offset, 0), span)), index % 10 in _WON_OF_TEN))
    for index in range(_WON_THIS_MONTH + _LOST_THIS_MONTH):
        day = month + timedelta(
            days=(today - month).days * (index + 1) // (_WON_THIS_MONTH + _LOST_THIS_MONTH + 1)
        )
        endings.append(_Ending(day, index % 2 == 0))
    return endings


def _story(
    row: tuple[str, str, int, str], ending: _Ending, people: _People, today: date, rng: Random
) -> Story:
    company, wish, dollars, tags = row
    earliest = today - timedelta(days=WEEKS * 7)
    cycle = min(rng.randint(_FIRST_CYCLE_DAYS, _LONGEST_CYCLE_DAYS), (ending.day - earliest).days)
    created = ending.day - timedelta(days=cycle)
    who, boss = people
    plot = _Plot(created, ending, who.name.split()[0], boss.name.split()[0], rng)
    events = tuple(plot.events())
    return Story(
        f"{company} {wish}",
        company,
        dollars,
        created,
        created + timedelta(days=rng.randint(25, 45)),
        rng.choice(texts.SOURCES),
        tuple(tags.split()),
        people,
        events,
        {"Locations": str(rng.randint(2, 6))} if "multi-site" in tags else {},
    )


def _people(rng: Random) -> dict[str, _People]:
    """Two people for every company, each with a name of their own; customers of old who want more are as they are."""
    companies = list(dict.fromkeys(row[0] for row in texts.CLOSED))
    names = [f"{first} {last}" for first in texts.FIRST_NAMES for last in texts.LAST_NAMES]
    drawn = iter(rng.sample(names, 2 * len(companies)))
    people = {
        company: (
            Somebody(next(drawn), rng.choice(texts.WANTING_ROLES), Stance.FOR),
            Somebody(next(drawn), Role.DECIDES),
        )
        for company in companies
    }
    return people | OLD_CUSTOMERS


@dataclass(slots=True)
class _Plot:
    """How one deal went, from its first day to its end."""

    created: date
    ending: _Ending
    who: str
    boss: str
    rng: Random

    def events(self) -> Iterator[Event]:
        """The events in order of their days."""
        reached = DECISION if self.ending.won else self.rng.choice((RADAR, RADAR, TRIAL, TRIAL, DECISION))
        skipped = reached == DECISION and self.rng.random() < 0.15
        stages = [RADAR, DECISION] if skipped else list(range(RADAR, reached + 1))
        days = self._entries(len(stages))
        for place, stage in enumerate(stages):
            entered, left = days[place], days[place + 1]
            if stage != RADAR:
                yield Moved(
                    entered, stage, self._say((texts.TRIAL_EVIDENCE, texts.DECISION_EVIDENCE)[stage - TRIAL])
                )
            yield from self._in_stage(stage, entered, left)
        if reached == DECISION and self.rng.random() < 0.5:
            yield Expected(days[-2], self.ending.day + timedelta(days=self.rng.randint(-3, 9)))
        yield self._end(reached)

    def _entries(self, count: int) -> list[date]:
        """The days on which the stages were entered, and the end."""
        length = (self.ending.day - self.created).days
        inner = sorted(self.rng.sample(range(2, max(length - 1, count + 2)), count - 1))
        return [self.created, *(self.created + timedelta(days=offset) for offset in inner), self.ending.day]

    def _in_stage(self, stage: int, entered: date, left: date) -> Iterator[Event]:
        pools = (texts.FIRST_TOUCHES, texts.TRIAL_TOUCHES, texts.DECISION_TOUCHES)
        length = (left - entered).days
        step = entered + timedelta(days=length // 3)
        done = min(step + timedelta(days=self.rng.randint(0, 2)), left)
        yield Planned(entered, self._say(texts.STEPS[stage]), step, done)
        for kind, said in self.rng.sample(pools[stage], 1 if length < 6 else 2):
            day = entered + timedelta(days=self.rng.randint(0, max(length - 1, 0)))
            yield Touched(day, kind, self._filled(said))

    def _end(self, reached: int) -> Moved:
        if self.ending.won:
            return Moved(self.ending.day, WON, self._say(texts.WON_EVIDENCE))
        reason = self.rng.choice(texts.LOST_IN[reached])
        return Moved(self.ending.day, LOST, reason=reason, note=self.rng.choice(texts.LOST[reason]))

    def _say(self, pool: Sequence[str]) -> str:
        return self._filled(self.rng.choice(pool))

    def _filled(self, text: str) -> str:
        return text.format(who=self.who, boss=self.boss)
