import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage, serve } from "../../test/render";
import { ExportMenu } from "./ExportMenu";

const FILE = "/api/maps/map/pay/files";
const TABLE = "/api/evidence/maps/pay/files";

test.each([
  ["PDF, a page for each phase (A4)", `${FILE}/pdf?theme=light&phases=true`],
  ["PDF, several A4 sheets", `${FILE}/pdf?theme=light&tiled=true`],
  ["Table (XLSX)", `${FILE}/xlsx?theme=light`],
  ["Measured values (XLSX)", `${TABLE}/xlsx?segment=app`],
  ["Measured values (CSV)", `${TABLE}/csv?segment=app`],
])("“%s” is downloaded from %s", async (name, from) => {
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined }));
  const asked = serve({ [`GET ${from.split("?")[0] ?? ""}`]: new Response("file") });
  const address = (ending: string) => `${FILE}/${ending}?theme=light`;
  renderPage(<ExportMenu address={address} table={(ending) => `${TABLE}/${ending}?segment=app`} />);
  await userEvent.click(screen.getByRole("button", { name: "Download" }));
  await userEvent.click(await screen.findByRole("menuitem", { name }));
  const { pathname, search } = new URL(asked.at(-1)?.url ?? "");
  expect(`${pathname}${search}`).toBe(from);
});

test("without measured values there is no table of them", async () => {
  renderPage(<ExportMenu address={(ending) => ending} />);
  await userEvent.click(screen.getByRole("button", { name: "Download" }));
  expect(await screen.findByRole("menuitem", { name: "Table (CSV)" })).toBeInTheDocument();
  expect(screen.queryByRole("menuitem", { name: /Measured/ })).toBeNull();
});
