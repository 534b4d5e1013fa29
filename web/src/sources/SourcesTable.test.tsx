import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FileImported, SourceAnswer } from "../base/api/schema.gen";
import { renderPage, serve } from "../test/render";
import { ImportsTable } from "./ImportsTable";
import { OutcomeCounts } from "./OutcomeCounts";
import { SourcesTable } from "./SourcesTable";

const INVOICES: SourceAnswer = {
  source: "invoices",
  files: 1,
  imports: 1,
  grouped: true,
  rows: 541_909,
  read: 157_270,
  stored: 22_190,
  duplicates: 0,
  quarantined: 135_080,
  replaced: 0,
  waiting: 0,
  interactions: 22_190,
  with_customer: 22_190,
  first: null,
  last: null,
  in_future: 0,
  before_2000: 0,
  last_import: null,
  usual_import_pause_seconds: null,
  import_late: false,
  silent: false,
  usual: "every day",
  received_after_median_seconds: null,
  received_before: 0,
  reasons: [],
  unusable_identifiers: [],
  known_by: [],
  gaps: [],
  days: [],
};

function row(source: Partial<SourceAnswer>): string {
  renderPage(<SourcesTable sources={[{ ...INVOICES, ...source }]} onOpen={() => undefined} />);
  return screen.getAllByRole("row")[1]?.textContent?.replaceAll("\u00a0", " ") ?? "";
}

test.each([
  ["in rows, where several make one record", {}, /0 %of records24\.9 %of 541,909 rows$/],
  ["not at all, where nobody knows how many rows there were", { rows: null }, /–rows, of an unknown number$/],
  ["in records otherwise", { grouped: false, rows: 200_000, read: 200_000 }, /0 %67\.5 %$/],
])("what is unusable is told %s", (_how, source, told) => {
  expect(row(source)).toMatch(told);
});

test("a file whose rows make fewer records says what is counted in rows", async () => {
  const file: FileImported = {
    batch: 1,
    source: "invoices",
    file: "invoices.csv",
    imported_at: "2026-03-02T09:00:00Z",
    rows: 541_909,
    read: 157_270,
    stored: 22_190,
    duplicates: 0,
    quarantined: 135_080,
    replaced: 0,
  };
  serve({ "GET /api/sources/imports": { imports: [file], total: 1 } });
  renderPage(<ImportsTable />);
  expect(await screen.findByRole("cell", { name: "541,909 rows" })).toBeInTheDocument();
  expect(screen.getByRole("cell", { name: "135,080 rows" })).toBeInTheDocument();
  expect(screen.getByRole("cell", { name: "22,190" })).toBeInTheDocument();
});

test("the outcome of an import whose rows make fewer records adds up in rows", () => {
  const { source, rows, read, stored, duplicates, quarantined, replaced } = INVOICES;
  renderPage(
    <OutcomeCounts
      outcome={{
        ...{ source, read, stored, duplicates, quarantined, replaced },
        rows: rows ?? 0,
        reasons: {},
        unusable_identifiers: {},
        notes: [],
      }}
    />,
  );
  expect(screen.getByText("rows read").previousSibling).toHaveTextContent("541,909");
  expect(screen.getByText("406,829 usable rows make 22,190 records")).toBeInTheDocument();
});
