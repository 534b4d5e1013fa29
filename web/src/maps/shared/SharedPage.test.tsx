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
  comments: false,
  personas: false,
  maps: [{ id: "pay", title: "I pay", language: null }],
  expires_at: null,
};
const ENDED = {
  code: "access.link_unusable",
  message: "this link has ended, or is not whole",
  hint: "ask for another",
};
const OPEN = {
  "GET /api/shared/abc": { needs_password: false, expires_at: null },
  "GET /api/shared/abc/drawing": new Response(SVG),
};

function ended(): Response {
  return Response.json(ENDED, { status: 410 });
}

test("a link without a password shows the map at once, and nothing that it does not allow", async () => {
  serve({
    "GET /api/shared/abc": { needs_password: false, expires_at: null },
    "POST /api/shared/abc/open": OPENED,
    "GET /api/shared/abc/drawing": new Response(SVG),
  });
  renderPage(<Component />, PAGE);
  expect(await screen.findByText("I look")).toBeInTheDocument();
  expect(screen.queryByRole("switch")).not.toBeInTheDocument();
  for (const name of ["Download", "Comments", "Personas"]) {
    expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
  }
  expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
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
  serve({ "GET /api/shared/abc": ended() });
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("alert")).toHaveTextContent("this link has ended");
});

test("once a link has ended an open page shows nothing of the map, and asks for nothing more", async () => {
  const answers: Record<string, unknown> = { ...OPEN, "POST /api/shared/abc/open": { ...OPENED, measured: true } };
  const asked = serve(answers);
  renderPage(<Component />, PAGE);
  expect(await screen.findByText("I look")).toBeInTheDocument();
  answers["GET /api/shared/abc"] = ended();
  answers["GET /api/shared/abc/measured"] = ended();
  await userEvent.click(screen.getByRole("switch"));
  expect(await screen.findByRole("alert")).toHaveTextContent("this link has ended");
  expect(screen.queryByText("I look")).not.toBeInTheDocument();
  const before = asked.length;
  window.dispatchEvent(new Event("visibilitychange"));
  await new Promise((done) => setTimeout(done, 50));
  expect(asked).toHaveLength(before);
});

test("that a link was taken back is seen when the page is looked at again", async () => {
  const answers: Record<string, unknown> = { ...OPEN, "POST /api/shared/abc/open": OPENED };
  serve(answers);
  renderPage(<Component />, PAGE);
  expect(await screen.findByText("I look")).toBeInTheDocument();
  answers["GET /api/shared/abc"] = ended();
  window.dispatchEvent(new Event("visibilitychange"));
  expect(await screen.findByRole("alert")).toHaveTextContent("this link has ended");
  expect(screen.queryByText("I look")).not.toBeInTheDocument();
});

test("a ticket that is too old leads back to the password", async () => {
  const answers: Record<string, unknown> = {
    ...OPEN,
    "GET /api/shared/abc": { needs_password: true, expires_at: null },
    "POST /api/shared/abc/open": { ...OPENED, measured: true },
  };
  serve(answers);
  renderPage(<Component />, PAGE);
  await userEvent.type(await screen.findByLabelText("Password"), "blue door{Enter}");
  expect(await screen.findByText("I look")).toBeInTheDocument();
  const refusal = { code: "access.share_password", message: "this map is shown to whoever knows the password" };
  answers["GET /api/shared/abc/measured"] = Response.json(refusal, { status: 403 });
  await userEvent.click(screen.getByRole("switch"));
  expect(await screen.findByLabelText("Password")).toBeInTheDocument();
});

test("comments and personas are read where the link shows them", async () => {
  const said = { author: "Nora", text: "Is that so?", written_at: "2026-03-02T09:00:00Z" };
  serve({
    ...OPEN,
    "POST /api/shared/abc/open": { ...OPENED, comments: true, personas: true },
    "GET /api/shared/abc/comments": {
      threads: [{ place_kind: "step", place_name: "I look", comment: said, answers: [{ ...said, text: "Yes" }] }],
    },
    "GET /api/shared/abc/personas": {
      personas: [
        {
          id: "anna",
          name: "Anna",
          summary: null,
          quote: "Quick, please",
          share: 0.25,
          goals: ["A phone today"],
          needs: [],
          behaviour: [{ low: "Slow", high: "Fast", value: 0.9 }],
        },
      ],
    },
  });
  renderPage(<Component />, PAGE);
  await userEvent.click(await screen.findByRole("button", { name: "Comments" }));
  expect(await screen.findByText("Is that so?")).toBeInTheDocument();
  expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Personas" }));
  expect(await screen.findByText("Quick, please")).toBeInTheDocument();
  expect(screen.getByRole("progressbar", { name: "Between Slow and Fast" })).toBeInTheDocument();
});

test("a map below is chosen from a list, and asked for by its id", async () => {
  const below = { id: "card", title: "I pay by card", language: null };
  const asked = serve({
    ...OPEN,
    "POST /api/shared/abc/open": { ...OPENED, maps: [...OPENED.maps, below] },
  });
  renderPage(<Component />, PAGE);
  await userEvent.click(await screen.findByRole("combobox", { name: "Map that is shown" }));
  await userEvent.click(await screen.findByRole("option", { name: "I pay by card" }));
  expect(await screen.findByRole("heading", { name: "I pay by card" })).toBeInTheDocument();
  expect(asked.at(-1)?.url).toContain("map=card");
});
