"""`deals init`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import DEFAULT_TEMPLATE, TEMPLATES, currency_code, template
from tui.commands import DONE
from tui.commands.context import Context
from tui.commands.making import make_pipeline


def add_arguments(parser: ArgumentParser) -> None:
    """What the pipeline is made of."""
    slugs = ", ".join(each.slug for each in TEMPLATES)
    parser.add_argument(
        "--template",
        metavar="NAME",
        help=f"one of {slugs}; a part is enough (without it {DEFAULT_TEMPLATE.slug})",
    )
    parser.add_argument("--name", metavar="TEXT", help="the pipeline's name (without it Sales or Delivery)")
    parser.add_argument(
        "--currency",
        metavar="CODE",
        help="its currency, such as EUR (else the config file's, else your locale's)",
    )


def run(args: Namespace, context: Context) -> int:
    """Make the file if it is not there, and a pipeline in it. A pipeline of the same name is refused."""
    chosen = DEFAULT_TEMPLATE if args.template is None else template(args.template)
    currency = None if args.currency is None else currency_code(args.currency)
    with context.open_store(create=True) as store:
        pipeline = make_pipeline(store, chosen, context, args.name, currency)
        if context.json:
            from tui.commands.as_json import pipeline_json

            context.print_json({"path": str(context.file.path), **pipeline_json(pipeline)})
    return DONE
