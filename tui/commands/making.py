"""Making a pipeline, for `deals init` and the first `deals add`."""

from __future__ import annotations

from store import Pipeline, Store, Template, name_of
from tui.commands.context import Context
from tui.settings import local_currency


def new_currency(context: Context) -> str:
    """The currency of a new pipeline for which none is said: the config file's, else the locale's."""
    return context.settings.currency or local_currency()


def make_pipeline(
    store: Store, template: Template, context: Context, name: str | None = None, currency: str | None = None
) -> Pipeline:
    """A new pipeline from `template`, said on stderr; `NameTaken` when there is one of that name."""
    wanted = name_of(name or ("Delivery" if template.slug == "delivery" else "Sales"), "pipeline name")
    money = currency or new_currency(context)
    made = store.pipelines.create(template, wanted, money, context.now).made_id
    context.tell(f"Made the pipeline {wanted} ({template.name}, {money}) in {store.path}")
    return next(each for each in store.read.pipelines() if each.id == made)
