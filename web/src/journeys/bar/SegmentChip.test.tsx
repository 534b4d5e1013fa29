import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage, serve } from "../../test/render";
import { SegmentChip } from "./SegmentChip";

const SERVED = {
  "GET /api/journeys/segments": [
    { saved: 1, name: "On the web", condition: "channel = web", author: "Ada", saved_at: "2026-11-22T10:00:00Z" },
  ],
  "GET /api/evidence/personas": [{ id: "anna", name: "Anna", segment: "channel = app", map: null }],
  "GET /api/journeys/fields": [],
  "GET /api/journeys/condition": { text: "channel = app", condition: {}, notes: [] },
};

function shown(text: string | null) {
  const onText = vi.fn();
  renderPage(<SegmentChip label="Segment" none="Everybody" text={text} onText={onText} />);
  return { onText, user: userEvent.setup() };
}

test.each([
  ["On the web", "channel = web"],
  ["Anna", "channel = app"],
])("%s is picked by name", async (name, condition) => {
  serve(SERVED);
  const { onText, user } = shown(null);
  await user.click(screen.getByRole("button", { name: /Segment/ }));
  await user.click(await screen.findByRole("button", { name: new RegExp(`^${name}`) }));
  expect(onText).toHaveBeenCalledWith(condition);
});

test("what is chosen is told by its name", async () => {
  serve(SERVED);
  shown("channel = app");
  expect(await screen.findByRole("button", { name: "Segment Anna" })).toBeInTheDocument();
});

test("a condition without a name is saved under one", async () => {
  const asked = serve({ ...SERVED, "POST /api/journeys/segments": { saved: 2 } });
  const { user } = shown("channel = phone");
  await user.click(screen.getByRole("button", { name: "Segment channel = phone" }));
  await user.type(await screen.findByRole("textbox", { name: "Save this segment as" }), "Callers");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "POST")?.json();
  expect(body).toEqual({ name: "Callers", condition: "channel = phone" });
});
