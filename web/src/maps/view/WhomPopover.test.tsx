import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useLocation } from "react-router";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { WhomPopover } from "./WhomPopover";

const SERVED = {
  "GET /api/journeys/segments": [
    { saved: 1, name: "On the web", condition: "channel = web", author: "Ada", saved_at: "2026-11-22T10:00:00Z" },
  ],
  "GET /api/evidence/personas": [{ id: "anna", name: "Anna", segment: "channel = app", map: null }],
};

function Address() {
  return <output>{new URLSearchParams(useLocation().search).get("segment")}</output>;
}

test.each([
  ["On the web", "channel = web"],
  ["Anna", "channel = app"],
])("the measured layer is laid over for %s, which the address keeps", async (name, condition) => {
  serve(SERVED);
  const user = userEvent.setup();
  renderPage(
    <>
      <WhomPopover personas={[]} />
      <Address />
    </>,
  );
  await user.click(screen.getByRole("button", { name: "Whose journeys: Everybody" }));
  await user.click(await screen.findByRole("button", { name: new RegExp(`^${name}`) }));
  expect(await screen.findByRole("button", { name: `Whose journeys: ${name}` })).toBeInTheDocument();
  expect(screen.getByRole("status")).toHaveTextContent(condition);
});
