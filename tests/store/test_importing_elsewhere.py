"""Files as people in other places and with other programs have them: headers in their language, cells out of shape."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import ImportRefused, InvalidInput, Money, Outcome, PersonDraft, WrongRows, export_csv
from store.importing.dates import date_reader
from store.importing.numbers import amount_reader
from tests.deck import Deck, at
from tests.store.csv_files import one, plan

RUSSIAN = """Название;Сумма, ₽;Этап;Дата закрытия;Компания;Контакт;Почта;Телефон;Вероятность;Ответственный
Альфа;1 200 000,50;Выиграна;25.12.2025;ООО «Ромашка»;Иван;ivan@x.test;+7 900;;Пётр
Бета;5 000;В работе;1 декабря 2026 г.;ООО Лютик;;;;40 %;
Гамма;;Проиграна;01.02.2026;;;;;;
"""
SPANISH = """Nombre del negocio;Importe;Etapa;Fecha de cierre prevista;Empresa;Contacto;Correo electrónico;Comercial
Uno;1.234,50 €;Ganado;25/12/2025;Ñandú S.A.;José;jose@x.test;Ana
Dos;300;Negociación;1 de diciembre de 2026;Ñandú S.A.;;;
Tres;;Perdido;13/02/2026;;;;
"""
CHINESE = """商机名称,金额（元）,阶段,预计成交日期,客户名称,联系人,电话,负责人
甲,"1,200",赢单,2026年1月5日,某公司,王,010-1,李
乙,300,跟进中,2026年12月31日,另一家,,,
丙,,输单,2026年2月1日,,,,
"""
GERMAN = """Auftrag;Betrag (EUR);Phase;Abschlussdatum;Firma;Ansprechpartner;E-Mail;Betreuer
Eins;1.234,50;Gewonnen;24.12.2025;Müller & Söhne;Jörg;j@x.test;Eva
Zwei;300;Angebot;1. Dezember 2026;Müller & Söhne;;;
Drei;;Verloren;13.02.2026;;;;
"""
FRENCH = """Nom de l'affaire;Montant HT;Étape;Date de clôture prévue;Société;Interlocuteur;Courriel;Commercial
Un;1 234,50 €;Gagné;25/12/2025;Élan;Zoé;z@x.test;Luc
Deux;300 €;Négociation;1er décembre 2026;Élan;;;
Trois;;Perdu;13/02/2026;;;;
"""

NEGATIVE = "this is negative (an amount is 0 or more, such as 12000 or 12k); correct it, or leave it empty"
NO_AMOUNT = "this is not an amount; write it like 12000, 12,000.50, 12k or €500, or leave it empty"
SHORTENED = "the spreadsheet shortened this number; show its column as plain numbers and save the file again"


@pytest.mark.parametrize(
    ("text", "currency"),
    [(RUSSIAN, "RUB"), (SPANISH, "EUR"), (CHINESE, "CNY"), (GERMAN, "EUR"), (FRENCH, "EUR")],
)
def test_the_usual_headers_of_a_language_are_recognised(text: str, currency: str) -> None:
    made = plan(text, new_pipeline="CRM")
    known = [column.field for column in made.columns]
    assert known[:6] == ["name", "amount", "stage", "close_date", "company", "contact"]
    assert made.columns[-1].property_name == made.columns[-1].header
    assert made.pipelines[0].currency == currency
    won, opened, _ = made.deals
    assert [deal.stage.outcome for deal in made.deals] == [Outcome.WON, Outcome.OPEN, Outcome.LOST]
    assert (opened.close_date or "")[:7] == "2026-12"
    assert (won.amount, won.currency, opened.currency) == (won.amount, currency, currency)
    assert won.amount in {120000050, 123450, 120000}
    assert won.people[0].name


@pytest.mark.parametrize("text", [RUSSIAN, SPANISH, CHINESE, GERMAN, FRENCH])
def test_headers_and_stages_are_mapped_by_hand_whatever_their_language(text: str) -> None:
    header, first, *_ = text.splitlines()
    mark = ";" if ";" in header else ","
    names = [name if at in (1, 3) else f"{name}一ж" for at, name in enumerate(header.split(mark))]
    stage = first.split(mark)[2] if mark == ";" else "赢单"
    odd = text.replace(header, mark.join(names)).replace(stage, "Ωλ")
    told = {
        names[0]: "name",
        names[2].upper(): "stage",
        names[4]: "company",
        names[-1]: "-",
        names[5]: "contact",
    }
    made = plan(odd, columns=told, stages={"ωλ": "Contract signed"}, new_pipeline="CRM")
    assert [column.field for column in made.columns][:6] == [
        "name",
        "amount",
        "stage",
        "close_date",
        "company",
        "contact",
    ]
    assert made.columns[-1].field is made.columns[-1].property_name is None
    assert made.deals[0].stage.name == "Contract signed"


def test_a_currency_by_row_by_column_and_by_the_user() -> None:
    text = "name,Сумма (руб.),currency\nA,5,\nB,$5,\nC,5,€\nD,CHF 5,CHF\n"
    assert [deal.currency for deal in plan(text).deals] == ["RUB", "USD", "EUR", "CHF"]
    assert [deal.currency for deal in plan(text, currency="GBP").deals] == ["GBP", "USD", "EUR", "CHF"]


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("'1234", 123400, "USD"), ("’1,234.50", 123450, "USD"), ("1 234,50 €", 123450, "EUR"),
        ("1.234,50", 123450, "USD"), ("1\u202f234,50\u00a0€", 123450, "EUR"), ("₽1 200", 120000, "RUB"),
        ("1200 ₽", 120000, "RUB"), ("1 200,50 руб.", 120050, "RUB"), ("￥1200", 1200, "JPY"),
        ("1200元", 120000, "CNY"), ("US$1,200", 120000, "USD"),
        ("1200 EUR", 120000, "EUR"), ("EUR1200", 120000, "EUR"),
        ("R$ 1.200,00", 120000, "BRL"), ("₹1,20,000", 12000000, "INR"),
        ("１２００", 120000, "USD"), ("٣٤٥", 34500, "USD"),
    ],
)  # fmt: skip
def test_amounts_as_texts(text: str, minor: int, currency: str) -> None:
    assert amount_reader([text]).read(text, "USD") == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("(1,200.00)", NEGATIVE),
        ("-5", NEGATIVE),
        ("12k?", NO_AMOUNT),
        ("50 %", NO_AMOUNT),
        ("1e5", SHORTENED),
        ("1,23E+08", SHORTENED),
        ("1E-05", SHORTENED),
        ("#REF!", "this is an error of the spreadsheet; correct the formula, or leave the cell empty"),
        ("#N/A", "this is an error of the spreadsheet; correct the formula, or leave the cell empty"),
        ("#####", "the spreadsheet's column was too narrow to show this; widen it and save the file again"),
        ("9" * 16, "this is too much (at most $10,000,000,000,000 is kept); correct it, or leave it empty"),
        ("9" * 16 + ".50", "this is too much (at most $10,000,000,000,000 is kept); correct it, or leave it empty"),
        ("500 kr", "this could be DKK, ISK, NOK or SEK; write the code instead, or leave it empty"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told_as_what_it_is(text: str, problem: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        amount_reader([text]).read(text, "USD")
    assert str(refused.value) == problem


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2026", "this is a year without month and day"),
        ("2026-12", "this is a month without a day"),
        ("12.2026", "this is a month without a day"),
        ("Dec 2026", "this has no day"),
        ("1 Dec", "this has no year"),
        ("1764547200", "this is a time as programs count it, not a date"),
        ("1764547200000", "this is a time as programs count it, not a date"),
        ("2026-02-30", "there is no such day"),
        ("29.02.2027", "there is no such day"),
        ("2026年2月30日", "there is no such day"),
        ("29 Feb 2027", "there is no such day"),
        ("31 June 2026", "there is no such day"),
        ("June 31st, 2026", "there is no such day"),
        ("31-Feb-30", "there is no such day"),
        ("1 Dec 1899", "only days from 1970 to 2199 are kept"),
        ("1899-12-30", "only days from 1970 to 2199 are kept"),
        ("next friday", "this is not a date with a year"),
        ("12k", "this is not a date with a year"),
        ("123", "this is not a date with a year"),
    ],
)
def test_what_is_no_date_is_told_as_what_it_is(text: str, what: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        date_reader("Close", [text]).read(text)
    assert str(refused.value) == f"{what}; write it as 2026-12-31, or leave it empty"


@pytest.mark.parametrize(
    "text",
    [
        "1 декабря 2026", "1 дек. 2026 г.", "Декабрь 1, 2026", "2026年12月1日", "2026 年 12 月 1 日 10:30",
        "2026년 12월 1일", "1er décembre 2026", "1º de dezembro de 2026",
        "martes, 1 de diciembre de 2026", "'2026-12-01", "46357", "46357,5", "2026-12-01T00:30:00.000+00:00",
    ],
)  # fmt: skip
def test_dates_of_other_places(text: str) -> None:
    day = date_reader("Close", [text]).read(text)
    assert day is not None
    assert day.isoformat() == "2026-12-01"


def test_excel_s_day_numbers_are_told_with_the_day_they_mean() -> None:
    """Nothing else is one: neither a year nor an amount, and the days of the 1904 system are not guessed."""
    reader = date_reader("Close", ["2026-12-01", "45123"])
    assert reader.format == "year-month-day and Excel day numbers (45123 is 2023-07-16)"
    for text in ("2026", "1999", "12", "2958465", "9999", "12000", "45,123", "$45123"):
        with pytest.raises(InvalidInput):
            date_reader("Close", [text]).read(text)
    row = one("name,amount,close_date,Year,Serial\nA,45123,45123,2026,45123\n")
    assert (row.amount, row.close_date) == (4512300, "2023-07-16")
    assert row.properties == (("Year", "2026"), ("Serial", "45123"))


@given(st.integers(25569, 109571))
def test_every_day_number_is_the_day_that_excel_shows(number: int) -> None:
    text = f"{number}"
    reader = date_reader("Close", [text])
    day = reader.read(text)
    assert day is not None
    assert day.toordinal() == number + 693594
    assert f"({text} is {day})" in reader.format


def test_a_file_without_a_line_of_names_is_told_as_that() -> None:
    with pytest.raises(ImportRefused) as refused:
        plan("Acme,Demo,100,2026-12-01\nWayne,Demo,200,2026-12-02\n")
    assert refused.value.problem == (
        "No column of deals.csv is what a deal is called by (a name, a company or an id). Its first line is taken for "
        "the names of the columns: “Acme”, “Demo”, “100”, “2026-12-01”. If that is a deal already, put a line such as "
        "name,stage,amount before it."
    )
    assert str(refused.value).endswith('Else say which column is the name with --map "Acme=name"')
    assert one("Ding,x\nAcme,5\n", columns={"Ding": "name"}).name == "Acme"
    with pytest.raises(ImportRefused, match=r"“column 10” and 2 more[.]"):
        plan("0" + "," * 11 + "\n" + "1," * 11 + "1\n")


def test_what_is_too_long_is_told_in_its_own_column() -> None:
    name, address, note = "n" * 201, f"{'a' * 200}@x.test", "t" * 100_001
    text = "name,company,contact,email,phone,source,tags,notes,Other,lost_reason,stage\n"
    text += f"{name},{name},{name},{address},{'1' * 201},{name},{name},{note},{note},,\n"
    text += f"A,,Ann ({address}),ann@x.test; {address},,,,,,{name},Closed lost\n"
    with pytest.raises(WrongRows) as refused:
        plan(text)
    told = {(cell.line, cell.column): cell.problem for cell in refused.value.cells}
    assert refused.value.total == 11
    short, long = "shorten it to at most 200", "this has 100,001 characters; shorten it to at most 100,000"
    for column in ("name", "company", "source"):
        assert told[2, column] == f"this has 201 characters; {short}"
    for column, length in (("contact", 201), ("email", 207), ("phone", 201)):
        part = f"one person's part has {length} characters; {short}, and part several people by a semicolon"
        assert told[2, column] == part
    assert told[2, "tags"] == "The tag has 201 characters; at most 200 are kept."
    assert told[2, "notes"] == told[2, "Other"] == long
    assert told[3, "contact"].startswith("one person's part has 207 characters")


def test_what_is_as_long_as_may_be_is_kept() -> None:
    name, address, note = "n" * 200, f"{'a' * 193}@x.test", "t" * 100_000
    deal = one(
        f"name,company,contact,email,phone,tags,notes\n{name},{name},{name},{address},{'1' * 200},{name},{note}\n"
    )
    assert (deal.name, deal.company, deal.tags, deal.notes) == (name, name, (name,), note)
    assert deal.people[0][:3] == (name, address, "1" * 200)


def test_a_cell_that_says_there_is_nobody_makes_nobody() -> None:
    assert one("name,contact,email,phone\nA,n/a,-,NULL\n").people == ()
    assert [each.name for each in one("name,contact\nA,Ann; -; Bob\n").people] == ["Ann", "Bob"]


_ERROR = "this is an error of the spreadsheet; correct the formula, or leave the cell empty"


@pytest.mark.parametrize(
    "field", ["name", "company", "external_id", "contact", "email", "phone", "source", "next_step"]
)
@pytest.mark.parametrize("error", ["#NAME?", "#N/A", "#REF!", " #value! "])
def test_an_error_of_the_spreadsheet_is_no_name(field: str, error: str) -> None:
    other = "name" if field != "name" else "stage"
    with pytest.raises(WrongRows) as refused:
        plan(f"{field},{other}\n{error},radar\n")
    assert [(each.line, each.column, each.problem) for each in refused.value.cells] == [(2, field, _ERROR)]


def test_one_of_several_people_may_be_such_an_error_too_and_a_number_sign_is_none() -> None:
    with pytest.raises(WrongRows, match="column “contact”, value “Ann; #N/A”"):
        plan("name,contact\nA,Ann; #N/A\n")
    deal = one("name,company,contact\n#1 in town,#,#ann\n")
    assert (deal.name, deal.company, deal.people[0].name) == ("#1 in town", "#", "#ann")


def test_what_a_deal_of_ours_is_called_comes_back_whatever_it_looks_like(deck: Deck) -> None:
    deck.deal("#N/A", company="#REF!", source="#NAME?", external_id="###", task="#NUM!")
    deck.store.people.add([1], PersonDraft("#NULL!"), None, None, at())
    out = io.StringIO(newline="")
    export_csv(deck.store, out)
    deal = one(out.getvalue(), update=True)
    assert (deal.name, deal.company, deal.source, deal.external_id) == ("#N/A", "#REF!", "#NAME?", "###")
    assert (deal.tasks[0].title, deal.people[0].name) == ("#NUM!", "#NULL!")


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("amount", "an amount"),
        ("currency", "a currency"),
        ("close_date", "a date"),
        ("last_touch_on", "a date"),
    ],
)
def test_a_cell_that_is_longer_than_any_value_is_refused_by_its_length_alone(field: str, what: str) -> None:
    valid = {"amount": "5", "currency": "EUR"}.get(field, "2026-11-01")
    assert one(f"name,{field}\nA,{valid}{' ' * 900}\n").name == "A"
    with pytest.raises(WrongRows) as refused:
        plan(f"name,{field}\nA,{valid}{' ' * 3_000_000}\nB,{valid}\n")
    told = (
        f"this has {3_000_000 + len(valid):,} characters, more than {what} has; correct it, or leave it empty"
    )
    assert [(each.line, each.column, each.problem) for each in refused.value.cells] == [(2, field, told)]
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("name", "this has 3,000,001 characters; shorten it to at most 200"),
        ("company", "this has 3,000,001 characters; shorten it to at most 200"),
        ("notes", "this has 3,000,001 characters; shorten it to at most 100,000"),
        ("tags", "this has 3,000,001 characters; shorten it to at most 100,000"),
        ("email", "this has 3,000,001 characters; shorten it to at most 100,000"),
        ("probability", "this is no probability; write a percent from 0 to 100, or leave it empty"),
        ("outcome", "this is none of open, won and lost; correct it, or leave the column out"),
    ],
)
def test_texts_of_any_length_are_refused_so_too(field: str, problem: str) -> None:
    header = {"name": "name,company", "outcome": "name,outcome,stage"}.get(field, f"name,{field}")
    cells = {"name": "{},A\n", "outcome": "A,{},radar\nB,lost,radar\n"}.get(field, "A,{}\n")
    with pytest.raises(WrongRows) as refused:
        plan(f"{header}\n{cells.format('1' + ' ' * 3_000_000)}")
    assert [(each.line, each.column, each.problem) for each in refused.value.cells] == [(2, field, problem)]
