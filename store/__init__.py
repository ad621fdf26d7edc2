"""The store: the business and its file. Everything a face needs is imported from here.

A name is loaded from its module when it is first asked for, so `import store` takes no time, and who only reads
never loads the write side. To make a name public, add it to both tables below: `_HOMES` for the running program,
the imports for the type checker; a test holds the two against each other.
"""

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all that is here

if TYPE_CHECKING:
    # isort: off
    from store.backup import (
        back_up as back_up,
        back_up_daily as back_up_daily,
        back_up_to as back_up_to,
        newest_sound as newest_sound,
    )
    from store.backup_shelf import backup_files as backup_files, backups as backups
    from store.calendars import CalendarCounts as CalendarCounts, export_calendar as export_calendar
    from store.dates import (
        DateOrder as DateOrder,
        add_months as add_months,
        at_noon as at_noon,
        describe_date as describe_date,
        forget_zone as forget_zone,
        instant_text as instant_text,
        local_day as local_day,
        long_day as long_day,
        month_name as month_name,
        month_of as month_of,
        month_range as month_range,
        parse_date as parse_date,
        parse_day as parse_day,
        parse_instant as parse_instant,
        parse_month as parse_month,
        short_date as short_date,
    )
    from store.drafts import (
        KEEP as KEEP,
        MAX_NAME as MAX_NAME,
        MAX_NOTES as MAX_NOTES,
        DealDraft as DealDraft,
        DealMove as DealMove,
        DealPatch as DealPatch,
        Keep as Keep,
        TaskDraft as TaskDraft,
        name_of as name_of,
        notes_of as notes_of,
    )
    from store.errors import (
        Ambiguous as Ambiguous,
        ChangedElsewhere as ChangedElsewhere,
        InvalidInput as InvalidInput,
        NameTaken as NameTaken,
        NotFound as NotFound,
        NothingToUndo as NothingToUndo,
        StoreBusy as StoreBusy,
        StoreDamaged as StoreDamaged,
        StoreError as StoreError,
        StoreFull as StoreFull,
        StoreReadOnly as StoreReadOnly,
        StoreUnsure as StoreUnsure,
        StoreUnusable as StoreUnusable,
        UnknownName as UnknownName,
    )
    from store.examining import examine as examine
    from store.exporting import export_csv as export_csv, export_file as export_file
    from store.importing.apply import apply_import as apply_import, plan_for as plan_for
    from store.importing.dates import ORDER_NAMES as ORDER_NAMES
    from store.importing.encodings import Reading as Reading, possible_encodings as possible_encodings
    from store.importing.plan import (
        ColumnPlan as ColumnPlan,
        ImportOptions as ImportOptions,
        ImportPlan as ImportPlan,
        PlannedDeal as PlannedDeal,
        StagePlan as StagePlan,
        TargetPipeline as TargetPipeline,
    )
    from store.importing.preview import (
        ImportPreview as ImportPreview,
        MeantStage as MeantStage,
        preview_import as preview_import,
    )
    from store.importing.reading import (
        MAX_IMPORT_BYTES as MAX_IMPORT_BYTES,
        Table as Table,
        read_table as read_table,
    )
    from store.importing.refusal import (
        ImportRefused as ImportRefused,
        UnknownDateOrder as UnknownDateOrder,
        UnknownEncoding as UnknownEncoding,
        UnknownStages as UnknownStages,
        WrongCell as WrongCell,
        WrongRows as WrongRows,
    )
    from store.money import (
        Money as Money,
        currency_code as currency_code,
        decimal_text as decimal_text,
        digits as digits,
        format_amount as format_amount,
        parse_amount as parse_amount,
        plain_amount as plain_amount,
        symbol as symbol,
        weighted_minor as weighted_minor,
        weighted_text as weighted_text,
    )
    from store.people_drafts import (
        CompanyDraft as CompanyDraft,
        CompanyPatch as CompanyPatch,
        PersonDraft as PersonDraft,
        PersonPatch as PersonPatch,
    )
    from store.privacy import close_to_others as close_to_others
    from store.repairing import repair as repair
    from store.restoring import restore_backup as restore_backup
    from store.rules.acquaintance import by_likeness as by_likeness
    from store.rules.directory import CardSort as CardSort, look_up as look_up, sort_cards as sort_cards
    from store.rules.decisions import (
        Decision as Decision,
        DecisionKind as DecisionKind,
    )
    from store.rules.filters import Filter as Filter, parse_filter as parse_filter
    from store.rules.forecast import (
        Category as Category,
        categories as categories,
        category_of as category_of,
        due_by_month as due_by_month,
        forecast as forecast,
        month_forecast as month_forecast,
        won_by_month as won_by_month,
    )
    from store.rules.naming import fold as fold, pick as pick
    from store.rules.ordering import natural_key as natural_key, sort_deals as sort_deals
    from store.rules.pushes import Pushes as Pushes, pushes as pushes
    from store.rules.quickline import (
        QuickLine as QuickLine,
        join_arguments as join_arguments,
        parse_quickline as parse_quickline,
    )
    from store.rules.repeats import repeat_words as repeat_words
    from store.rules.review import Review as Review
    from store.rules.review_cases import Case as Case, Part as Part, Standing as Standing
    from store.rules.review_place import place_of as place_of, resume as resume
    from store.rules.silence import Silence as Silence, Silences as Silences, Similar as Similar
    from store.rules.steps import (
        StepLine as StepLine,
        TouchLine as TouchLine,
        due_words as due_words,
        parse_step as parse_step,
        parse_touch as parse_touch,
        step_text as step_text,
        touch_text as touch_text,
        when_words as when_words,
    )
    from store.rules.stuck import stuck_list as stuck_list, urgency as urgency
    from store.rules.times import time_text as time_text
    from store.rules.timeline import Event as Event, timeline as timeline
    from store.rules.totals import Rates as Rates, added as added, at_stake as at_stake, totals as totals
    from store.rules.upcoming import NextStuck as NextStuck, next_stuck_day as next_stuck_day
    from store.sample import make_demo as make_demo
    from store.store import Store as Store, open_store as open_store
    from store.templates import (
        TEMPLATES as TEMPLATES,
        ChecklistTemplate as ChecklistTemplate,
        StageTemplate as StageTemplate,
        Template as Template,
        template as template,
    )
    from store.text import (
        clean_line as clean_line,
        clean_notes as clean_notes,
        printable as printable,
        shows_as_it_is as shows_as_it_is,
    )
    from store.views import (
        Action as Action,
        Agenda as Agenda,
        Backup as Backup,
        BackupContents as BackupContents,
        BackupKind as BackupKind,
        Board as Board,
        ChangedField as ChangedField,
        Check as Check,
        ChecklistItem as ChecklistItem,
        Colleague as Colleague,
        Column as Column,
        CompanyCard as CompanyCard,
        Contact as Contact,
        Deal as Deal,
        DealPage as DealPage,
        Directory as Directory,
        Done as Done,
        DueTask as DueTask,
        Examination as Examination,
        Extras as Extras,
        FieldChange as FieldChange,
        Finding as Finding,
        Forecast as Forecast,
        InStage as InStage,
        MonthForecast as MonthForecast,
        MorningDeal as MorningDeal,
        MorningList as MorningList,
        NextStep as NextStep,
        Outcome as Outcome,
        PersonCard as PersonCard,
        Pipeline as Pipeline,
        Problem as Problem,
        Reason as Reason,
        RelatedDeal as RelatedDeal,
        Repaired as Repaired,
        Restored as Restored,
        Role as Role,
        SavedView as SavedView,
        Sort as Sort,
        Stage as Stage,
        Stance as Stance,
        State as State,
        StuckKind as StuckKind,
        StuckList as StuckList,
        Task as Task,
        TheirDeal as TheirDeal,
        Totals as Totals,
        Touch as Touch,
        TouchKind as TouchKind,
        Visit as Visit,
    )
    from store import templates as _templates
    from store.importing import fields as _fields
    # isort: on

    DEFAULT_TEMPLATE = _templates.DEFAULT
    DATE_IMPORT_FIELDS = _fields.DATE_FIELDS
    IMPORT_FIELDS = _fields.FIELDS
    NAMING_IMPORT_FIELDS = _fields.NAMING_FIELDS
    SHARED_IMPORT_FIELDS = _fields.SHARED_FIELDS

_HOMES = {
    "store.backup": "back_up back_up_daily back_up_to newest_sound",
    "store.backup_shelf": "backup_files backups",
    "store.calendars": "CalendarCounts export_calendar",
    "store.dates": "DateOrder add_months at_noon describe_date forget_zone instant_text local_day long_day month_name "
    "month_of month_range parse_date parse_day parse_instant parse_month short_date",
    "store.drafts": "KEEP MAX_NAME MAX_NOTES DealDraft DealMove DealPatch Keep TaskDraft name_of notes_of",
    "store.errors": "Ambiguous ChangedElsewhere InvalidInput NameTaken NotFound NothingToUndo StoreBusy StoreDamaged "
    "StoreError StoreFull StoreReadOnly StoreUnsure StoreUnusable UnknownName",
    "store.examining": "examine",
    "store.exporting": "export_csv export_file",
    "store.importing.apply": "apply_import plan_for",
    "store.importing.dates": "ORDER_NAMES",
    "store.importing.encodings": "Reading possible_encodings",
    "store.importing.fields": "FIELDS=IMPORT_FIELDS SHARED_FIELDS=SHARED_IMPORT_FIELDS "
    "DATE_FIELDS=DATE_IMPORT_FIELDS NAMING_FIELDS=NAMING_IMPORT_FIELDS",
    "store.importing.plan": "ColumnPlan ImportOptions ImportPlan PlannedDeal StagePlan TargetPipeline",
    "store.importing.preview": "ImportPreview MeantStage preview_import",
    "store.importing.reading": "MAX_IMPORT_BYTES Table read_table",
    "store.importing.refusal": "ImportRefused UnknownDateOrder UnknownEncoding UnknownStages WrongCell WrongRows",
    "store.money": "Money currency_code decimal_text digits format_amount parse_amount plain_amount symbol "
    "weighted_minor weighted_text",
    "store.people_drafts": "CompanyDraft CompanyPatch PersonDraft PersonPatch",
    "store.privacy": "close_to_others",
    "store.repairing": "repair",
    "store.restoring": "restore_backup",
    "store.rules.acquaintance": "by_likeness",
    "store.rules.directory": "CardSort look_up sort_cards",
    "store.rules.decisions": "Decision DecisionKind",
    "store.rules.filters": "Filter parse_filter",
    "store.rules.forecast": "Category categories category_of due_by_month forecast month_forecast won_by_month",
    "store.rules.naming": "fold pick",
    "store.rules.ordering": "natural_key sort_deals",
    "store.rules.pushes": "Pushes pushes",
    "store.rules.quickline": "QuickLine join_arguments parse_quickline",
    "store.rules.repeats": "repeat_words",
    "store.rules.review": "Review",
    "store.rules.review_cases": "Case Part Standing",
    "store.rules.review_place": "place_of resume",
    "store.rules.silence": "Silence Silences Similar",
    "store.rules.steps": "StepLine TouchLine due_words parse_step parse_touch step_text touch_text when_words",
    "store.rules.stuck": "stuck_list urgency",
    "store.rules.times": "time_text",
    "store.rules.timeline": "Event timeline",
    "store.rules.totals": "Rates added at_stake totals",
    "store.rules.upcoming": "NextStuck next_stuck_day",
    "store.sample": "make_demo",
    "store.store": "Store open_store",
    "store.templates": "DEFAULT=DEFAULT_TEMPLATE TEMPLATES ChecklistTemplate StageTemplate Template template",
    "store.text": "clean_line clean_notes printable shows_as_it_is",
    "store.views": "Action Agenda Backup BackupContents BackupKind Board ChangedField Check ChecklistItem "
    "Colleague Column CompanyCard Contact Deal DealPage Directory Done DueTask Examination Extras "
    "FieldChange Finding Forecast InStage MonthForecast MorningDeal MorningList NextStep Outcome "
    "PersonCard Pipeline Problem Reason RelatedDeal Repaired Restored Role SavedView Sort Stage Stance State "
    "StuckKind StuckList Task TheirDeal Totals Touch TouchKind Visit",
}
"""Module → the names it makes public (`THEIRS=OURS` where they are called otherwise here)."""

_HOME = {
    entry.rpartition("=")[2]: (module, entry.partition("=")[0])
    for module, entries in _HOMES.items()
    for entry in entries.split()
}

__all__ = [*_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, theirs = _HOME[name]
    value: object = getattr(import_module(module), theirs)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
