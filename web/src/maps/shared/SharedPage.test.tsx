import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { SVG } from "../samples";
import { Component } from "./SharedPage";

const PAGE = { at: "/shared/abc", path: "/shared/:token" };
const OPENED = {
  ticket: "t",
  map: "pay",
  title: "I pay",
  language: null,
  measured: false,
  downloads: false,
  expires_at: null,
};

test("a link without a password shows the map at once, and nothing that it does not allow", async () => {
  serve({
    "GET /api/shared/abc": { needs_password: false, expires_at: null },
    "POST /api/shared/abc/open": OPENED,
    "GET /api/shared/abc/drawing": new Response(SVG),
  });
  renderPage(<Component />, PAGE);
  expect(await screen.findByText("I look")).toBeInTheDocument();
  expect(screen.queryByRole("switch")).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Download" })).not.toBeInTheDocument();
});

test("a password is asked for first, and its ticket goes with what follows", async () => {
  const asked = serve({
    "GET /api/shared/abc": { needs_password: true, expires_at: null },
    "POST /api/shared/abc/open": { ...OPENED, measured: true },
    "GET /api/shared/abc/drawing": new Response(SVG),
  });
  renderPage(<Component />, PAGE);
  await userEvent.type(await screen.findByLabelText("Password"), "blue door{Enter}");
  expect(await screen.findByText("I look")).toBeInTheDocument();
  expect(asked.findLast((each) => each.url.includes("/drawing"))?.headers.get("x-share-ticket")).toBe("t");
});

test("a link that has ended says so", async () => {
  const ended = {
    code: "access.link_unusable",
    message: "this link has ended, or is not whole",
    hint: "ask for another",
  };
  serve({ "GET /api/shared/abc": Response.json(ended, { status: 410 }) });
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("alert")).toHaveTextContent("this link has ended");
});
