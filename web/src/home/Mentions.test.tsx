import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Mentions } from "./Mentions";

const COMMENT = {
  map: "tariffs",
  place_kind: "step",
  place: "pay",
  author: "Grace",
  written_at: "2026-06-01T10:00:00Z",
  mentions: [],
};
const FOUR = [1, 2, 3, 4].map((comment) => ({ ...COMMENT, comment, text: `Look ${String(comment)}` }));

test("the home page shows the newest comments that name the person, and how many more there are", async () => {
  serve({ "GET /api/maps/comments/mine": { comments: FOUR } });
  renderPage(<Mentions />);
  expect(await screen.findByRole("link", { name: "Look 1" })).toHaveAttribute(
    "href",
    "/maps/tariffs?panel=comments&about=step%2Fpay",
  );
  expect(screen.queryByRole("link", { name: "Look 4" })).toBeNull();
  expect(screen.getByText("and 1 older one")).toBeInTheDocument();
});

test.each([
  [["look"], true],
  [["look", "draw"], false],
])("who has only the rights %j is told who may answer: %s", async (rights, isTold) => {
  serve({ "GET /api/maps/comments/mine": { comments: FOUR } });
  renderPage(<Mentions />, { me: { rights } });
  await screen.findByRole("link", { name: "Look 1" });
  expect(screen.queryByText(/^Your role reads comments/) !== null).toBe(isTold);
});
