"""The departments' exports, in the order they are listed in: what each file is called and who fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desireline.app.demo.block import Block
from desireline.app.demo.departments import (
    app,
    calls,
    campaigns,
    cases,
    chats,
    contacts,
    invoices,
    orders,
    stores,
    surveys,
    web,
)
from desireline.app.demo.sheet import Sheet
from desireline.app.demo.writers import (
    CsvFile,
    JsonArrayFile,
    JsonLinesFile,
    ParquetFile,
    WorkbookFile,
    Writer,
)


@dataclass(frozen=True)
class Export:
    """One department's file: `name` is also the name of its mapping."""

    name: str
    file: str
    open: Callable[[Path], Writer]
    sheet: Callable[[Block], Sheet]


EXPORTS = (
    Export("web_events", "web_events.jsonl.gz", JsonLinesFile, web.sheet),
    Export("app_events", "app_events.jsonl", JsonLinesFile, app.sheet),
    Export("calls", "calls.csv", partial(CsvFile, delimiter=";"), calls.sheet),
    Export("chats", "chats.json", JsonArrayFile, chats.sheet),
    Export("crm_contacts", "crm_contacts.csv", CsvFile, contacts.sheet),
    Export("crm_cases", "crm_cases.csv", CsvFile, cases.sheet),
    Export("orders", "orders.csv.gz", CsvFile, orders.sheet),
    Export("invoices", "invoices.parquet", ParquetFile, invoices.sheet),
    Export("email_campaigns", "email_campaigns.csv.zst", CsvFile, campaigns.sheet),
    Export("surveys", "surveys.csv", CsvFile, surveys.sheet),
    Export("store_visits", "store_visits.xlsx", partial(WorkbookFile, sheet="Visits"), stores.sheet),
)
