"""Telling the stories of the demo to the store: what happened to a deal is the command that was given on that day.

What was said and planned is added as rows in one go: four hundred commands more would take longer than anybody who
tries the demo wants to wait.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from store.actions import Entry, recording
from store.dates import at_noon, instant_text
from store.drafts import DealDraft, DealPatch
from store.journal import Change
from store.models import DealPersonRow, DealRow, PersonRow, TaskRow, TouchRow
from store.money import Money
from store.rules.naming import fold
from store.sample.stories import Event, Expected, Moved, Planned, Rated, Snoozed, Story, Ticked, Touched
from store.store import Store
from store.views import Pipeline

Act = Callable[[datetime], object]

_FIRST_MINUTE: Final = -210
"""Minutes from noon: the day begins at half past eight."""

_MINUTES_BETWEEN: Final = 19
_CENTS: Final = 100
_NOT_ASCII: Final = re.compile("[^a-z0-9]+")


class Teller:
    """Gives the commands of all stories in the order in which they happened.

    `change` is the transaction that they are part of; rows are added with its session. In the journal each command is
    an action of its own day, and none of them can be undone.
    """

    def __init__(self, store: Store, change: Change, pipeline: Pipeline) -> None:
        self._store = store
        self._change = change
        self._pipeline = pipeline
        self._deal_ids: dict[str, int] = {}
        self._tasks: dict[tuple[str, Planned], TaskRow] = {}
        self._touches: list[TouchRow] = []
        self._people: dict[tuple[str, str], PersonRow] = {}

    def tell(self, stories: Sequence[Story]) -> None:
        """Write the deals of `stories` with all that happened to them. Their names have to differ."""
        acts = [act for place, story in enumerate(stories) for act in self._timed(story, place)]
        acts.sort(key=lambda timed: timed[:2])
        for at, _, act in acts:
            act(at)
        self._begin(self._change.title, instant_text(acts[-1][0]))
        for story in stories:
            self._add_people(story)
        self._change.session.add_all([*self._touches, *self._tasks.values()])
        self._change.session.flush()

    def _timed(self, story: Story, place: int) -> Iterator[tuple[datetime, int, Act]]:
        """The commands of a story with their instants: those of one day follow each other through the morning."""
        last, minutes = None, 0
        for day, act in sorted(self._acts(story), key=lambda dated: dated[0]):
            minutes = minutes + _MINUTES_BETWEEN if day == last else _FIRST_MINUTE + place % _MINUTES_BETWEEN
            last = day
            yield at_noon(day) + timedelta(minutes=minutes), place, act

    def _acts(self, story: Story) -> Iterator[tuple[date, Act]]:
        yield story.created, lambda now: self._create(story, now)
        for event in story.events:
            yield event.day, self._act(story, event)
            if isinstance(event, Planned) and event.done is not None:
                yield event.done, self._finishing(story, event)

    def _begin(self, title: str, at: str) -> None:
        """Write what follows down under an action of that instant."""
        self._change.record_as(recording(Entry.START), (at, title))

    def _create(self, story: Story, now: datetime) -> None:
        self._begin(f"add {story.name}", instant_text(now))
        draft = DealDraft(
            story.name,
            self._pipeline.id,
            amount=None if story.dollars is None else Money(story.dollars * _CENTS, self._pipeline.currency),
            close_date=story.close_date,
            company=story.company,
            source=story.source,
            tags=story.tags,
            notes=story.notes,
            properties=story.properties,
        )
        self._deal_ids[story.name] = self._store.deals.create(draft, now).deal_ids[0]

    def _act(self, story: Story, event: Event) -> Act:
        match event:
            case Moved():
                return lambda now: self._move(story, event, now)
            case Touched():
                return lambda now: self._touch(story, event, now)
            case Planned():
                return lambda now: self._plan(story, event, now)
            case Ticked():
                return lambda now: self._tick(story, event, now)
            case Expected():
                return lambda now: self._edit(story, DealPatch(close_date=event.close_date), now)
            case Rated():
                return lambda now: self._edit(story, DealPatch(probability=event.probability), now)
            case Snoozed():
                return lambda now: self._snooze(story, event, now)

    def _id(self, story: Story) -> int:
        return self._deal_ids[story.name]

    def _move(self, story: Story, event: Moved, now: datetime) -> None:
        stage = self._pipeline.stages[event.stage]
        self._begin(f"move {story.name} to {stage.name}", instant_text(now))
        self._store.deals.move([self._id(story)], stage.id, now, event.evidence, event.reason, event.note)

    def _edit(self, story: Story, patch: DealPatch, now: datetime) -> None:
        deal = self._change.session.get_one(DealRow, self._id(story))
        day = patch.close_date.isoformat() if isinstance(patch.close_date, date) else None
        if day is not None and day == deal.close_date:
            return  # what a founder leaves as it is, is no entry of the journal
        self._begin(f"edit {story.name}", instant_text(now))
        self._store.deals.edit(self._id(story), patch, now)

    def _snooze(self, story: Story, event: Snoozed, now: datetime) -> None:
        self._begin(f"snooze {story.name}", instant_text(now))
        self._store.deals.snooze([self._id(story)], event.until, now)

    def _tick(self, story: Story, event: Ticked, now: datetime) -> None:
        deal_id = self._id(story)
        stage_id = self._change.session.get_one(DealRow, deal_id).stage_id
        checklist = next(stage.checklist for stage in self._pipeline.stages if stage.id == stage_id)
        self._begin(f"tick the checklist of {story.name}", instant_text(now))
        for place in event.items:
            self._store.checklists.tick(deal_id, checklist[place].id, True, now)

    def _touch(self, story: Story, event: Touched, now: datetime) -> None:
        self._touches.append(
            TouchRow(deal_id=self._id(story), kind=event.kind.value, at=instant_text(now), text=event.text)
        )

    def _plan(self, story: Story, event: Planned, now: datetime) -> None:
        self._tasks[story.name, event] = TaskRow(
            deal_id=self._id(story),
            title=event.title,
            due_on=event.due.isoformat() if event.due else None,
            due_at=event.due_at.isoformat("minutes") if event.due_at else None,
            repeat_days=event.repeat_days,
            created_at=instant_text(now),
        )

    def _finishing(self, story: Story, event: Planned) -> Act:
        def finish(now: datetime) -> None:
            self._tasks[story.name, event].done_at = instant_text(now)

        return finish

    def _add_people(self, story: Story) -> None:
        """The people on a deal; one who is known from an earlier deal with the company is not added twice."""
        session = self._change.session
        company_id = session.get_one(DealRow, self._id(story)).company_id
        for somebody in story.people:
            person = self._people.get((somebody.name, story.company))
            if person is None:
                address = _address(somebody.name, story.company)
                person = PersonRow(
                    name=somebody.name,
                    company_id=company_id,
                    email=address,
                    phone=somebody.phone,
                    notes=somebody.notes,
                )
                session.add(person)
                session.flush()
                self._people[somebody.name, story.company] = person
            part = DealPersonRow(
                deal_id=self._id(story),
                person_id=person.id or 0,
                role=somebody.role or "",
                stance=somebody.stance or "",
            )
            session.add(part)


def _address(name: str, company: str) -> str:
    """An e-mail address that nobody has; none where the company's name has no Latin letters."""
    domain = _NOT_ASCII.sub("", fold(company))
    return f"{_NOT_ASCII.sub('.', fold(name))}@{domain}.example" if domain else ""
