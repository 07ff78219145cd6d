"""The data-flow sheet: nothing that is kept is left off it, and nothing is secret."""

from dataclasses import fields
from datetime import timedelta

from bot.domain.retention import Retention
from bot.store.schema import Base
from bot.views.dataflow import CLASSES, RETAINED, WIDTH, Flow, days, markdown, sheet

FLOW = Flow(
    community="Colleagues",
    database="PostgreSQL on db.example.org, database convenor",
    retention=Retention(sent=timedelta(days=77)),
    inbox=timedelta(days=31),
    slack="slack.com",
    mail="mail.example.org:587, encrypted by STARTTLS",
    mail_from="community@example.org",
    public="https://convenor.example.org",
    health="127.0.0.1:8071",
    partners=2,
    secrets=("SMTP_URL",),
)


def test_every_table_is_on_the_sheet_once():
    """Whoever adds a table must say what it holds, how long, and who sees it."""
    described = sorted(table for one in CLASSES for table in one.tables)
    assert described == sorted(Base.metadata.tables)


def test_every_figure_of_retention_is_on_the_sheet():
    """A class that can be set is one that people can read of, in words."""
    names = {field.name for field in fields(Retention)}
    assert set(RETAINED) == names
    said = " ".join(one.how_long for one in CLASSES)
    assert all(f"{{{name}}}" in said for name in names)


def test_the_sheet_is_one_page_of_plain_text():
    """It fits a narrow terminal and a page of paper, and says the running figures."""
    page = sheet(FLOW)
    assert max(map(len, page.splitlines())) <= WIDTH
    assert len(page.splitlines()) <= 66
    assert "the words 77 days" in page
    assert "31 days" in page
    for said in ("db.example.org", "mail.example.org:587", "2 addresses", "SMTP_URL"):
        assert said in page


def test_the_sheet_in_markdown_says_the_same():
    """A document can take it over: each class is a row, each section a list."""
    page = markdown(FLOW)
    assert page.count("\n| ") == len(CLASSES) + 1
    assert "- Nothing else: no telemetry" in page


def test_years_are_said_where_they_come_out_even():
    """Six years are not 2190 days to anybody who reads."""
    assert days(timedelta(days=2190)) == "6 years"
    assert days(timedelta(days=365)) == "365 days"
    assert days(timedelta(days=1)) == "1 day"
