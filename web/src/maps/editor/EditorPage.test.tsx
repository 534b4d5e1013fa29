import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Answers, renderPage, serve } from "../../test/render";
import { THREAD } from "../samples";
import { Component } from "./EditorPage";
import { MAPS } from "./model/testing/trees";
import { openRoom } from "./testing/room";

const ABOUT_LOOK = { ...THREAD, comment: { ...THREAD.comment, map: "shop" } };

const ANSWERS = {
  "GET /api/maps/map/shop/comments": { threads: [] },
  "GET /api/maps/people": { people: [] },
  "POST /api/maps/map/shop/together/version": { version: 4, problems: [] },
  "GET /api/maps/map/shop/together": { room: "r1", may_write: true, name: "Ada", people: [] },
  "GET /api/maps/documents/persona": { documents: [] },
  "GET /api/maps/catalogue": { channels: [], touchpoints: [], lane_roles: [], icons: [] },
  "GET /api/journeys/names": { touchpoints: [{ name: "Search", interactions: 1200, customers: 900, stage: null }] },
  "GET /api/evidence/count": {
    where: "touchpoint = 'Search'",
    interactions: 1200,
    customers: 900,
    total: 5000,
    first: null,
    last: null,
    missing: [],
  },
};

interface Options {
  readonly mayWrite?: boolean;
  readonly status?: object;
  readonly at?: string;
  readonly answers?: Answers;
}

async function opened(options: Options = {}) {
  const asked = serve({
    ...ANSWERS,
    ...options.answers,
    "GET /api/maps/map/shop/together": {
      room: `r-${String(Math.random())}`,
      may_write: options.mayWrite ?? true,
      name: "Ada",
      people: [],
    },
  });
  const room = openRoom(MAPS.shop, options.status);
  const user = userEvent.setup();
  renderPage(<Component />, { path: "/maps/:id/edit", at: `/maps/shop/edit${options.at ?? ""}` });
  const grid = await screen.findByRole("grid");
  return { room, user, grid, asked };
}

function place(name: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-place="${name}"]`);
  if (found === null) throw new Error(`no place ${name}`);
  return found;
}

function go(name: string): void {
  act(() => place(name).focus());
}

describe("the editor", () => {
  it("is a grid with headers of columns and rows", async () => {
    const { grid } = await opened();
    const headers = within(grid).getAllByRole("columnheader");
    expect(headers.map((each) => each.getAttribute("aria-label") ?? each.textContent)).toContain("Step: I look");
    expect(within(grid).getByRole("rowheader", { name: /Customer actions/ })).toBeInTheDocument();
    expect(within(grid).getAllByRole("row")).toHaveLength(5);
    expect(place("cell:does/look")).toHaveTextContent("I stroll");
  });

  it("goes through the grid with the arrows, and one place only can be reached by Tab", async () => {
    const { user } = await opened();
    go("step:look");
    await user.keyboard("{ArrowRight}{ArrowDown}{ArrowLeft}");
    expect(document.activeElement).toBe(place("cell:does/look"));
    expect(document.querySelectorAll('[data-place][tabindex="0"]')).toHaveLength(1);
  });

  it("writes in a cell with Enter and leaves it with Escape: each line is a claim", async () => {
    const { user, room } = await opened();
    go("cell:does/compare");
    await user.keyboard("{Enter}I ask{Shift>}{Enter}{/Shift}I wait{Escape}");
    expect(document.activeElement).toBe(place("cell:does/compare"));
    await waitFor(() => expect(JSON.stringify(room.tree())).toContain('"claims":["I ask","I wait"]'));
  });

  it("undoes and does again", async () => {
    const { user } = await opened();
    go("cell:does/compare");
    await user.keyboard("{Enter}I ask{Escape}{Control>}z{/Control}");
    expect(place("cell:does/compare")).not.toHaveTextContent("I ask");
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(place("cell:does/compare")).toHaveTextContent("I ask");
  });

  it("moves a step with Alt and arrows, into the next phase too", async () => {
    const { user, room } = await opened();
    go("step:compare");
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    const phases = room.tree().phases as readonly { readonly steps: readonly { readonly id: string }[] }[];
    expect(phases.map((phase) => phase.steps.map((step) => step.id))).toEqual([["look"], ["compare", "order"]]);
  });

  it("feels better with +", async () => {
    const { user } = await opened();
    go("cell:feels/look");
    await user.keyboard("+");
    expect(place("cell:feels/look")).toHaveAccessibleName(/Emotion 1.5 from −2 to 2/);
  });

  it("pastes rows of a spreadsheet to the right and down", async () => {
    const { room } = await opened();
    go("cell:does/look");
    fireEvent.paste(place("cell:does/look"), { clipboardData: { getData: () => 'A\tB\n\tC\n"D ""E"""\t' } });
    const text = JSON.stringify(room.tree());
    for (const each of ['"claims":["A"]', '"claims":["B"]', '"claims":["C"]', '{"name":"D \\"E\\""}']) {
      expect(text).toContain(each);
    }
  });

  it("ties the map to a journey definition", async () => {
    const { user, room } = await opened({
      answers: { "GET /api/journeys/definitions": [{ id: "moving", name: "I move house" }] },
    });
    await user.click(await screen.findByRole("combobox", { name: "Journey that it is measured with" }));
    await user.click(await screen.findByRole("option", { name: "I move house" }));
    expect(room.tree().journey).toBe("moving");
  });

  it("shows how many interactions meet what a step is bound to", async () => {
    const { user, room } = await opened();
    go("step:look");
    await user.type(await screen.findByRole("textbox", { name: "Condition" }), "touchpoint = 'Search'");
    expect(await screen.findByText("1,200 interactions of 900 customers")).toBeInTheDocument();
    expect(JSON.stringify(room.tree())).toContain(`"binding":{"where":"touchpoint = 'Search'"}`);
  });

  it("lets somebody who may only look go through it and change nothing", async () => {
    const { user, room } = await opened({ mayWrite: false });
    const before = JSON.stringify(room.tree());
    go("cell:does/look");
    await user.keyboard("{Enter}Hacked{Delete}{Alt>}n{/Alt}");
    expect(screen.getByText("You can look at this map only.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Undo" })).not.toBeInTheDocument();
    expect(JSON.stringify(room.tree())).toBe(before);
  });

  it("says what keeps it from being a version", async () => {
    await opened({ status: { problems: [{ where: "phases[0]", message: "expected a name" }] } });
    expect(await screen.findByText("1 thing keeps this from being a version")).toBeInTheDocument();
    expect(screen.getByText(/expected a name/)).toBeInTheDocument();
  });

  it("offers another map where its own was deleted", async () => {
    await opened({ status: { deleted: true, author: "Bo" } });
    expect(await screen.findByText("Bo has deleted this map")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Save as a new map" })).toBeInTheDocument();
    expect(screen.queryByText(/^Saved/)).not.toBeInTheDocument();
  });

  it("marks a cell that somebody has commented on; a click shows the thread beside it", async () => {
    const { user } = await opened({ answers: { "GET /api/maps/map/shop/comments": { threads: [ABOUT_LOOK] } } });
    await user.click(await within(place("cell:does/look")).findByRole("button", { name: "1 open comment" }));
    expect(await screen.findByText("Is that so?")).toBeInTheDocument();
    expect(screen.getByRole("radio", { name: "Comments (1)" })).toBeChecked();
    expect(screen.getByRole("button", { name: "Settle" })).toBeInTheDocument();
  });

  it("comments with Alt+C, on an empty cell too; what is in no version yet is saved as one before", async () => {
    const { user, room, asked } = await opened();
    go("cell:does/compare");
    await user.keyboard("{Alt>}c{/Alt}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /Write a comment/ })));
    await user.keyboard("What do they do?{Control>}{Enter}{/Control}");
    const posted = () => asked.filter((each) => each.method === "POST");
    await waitFor(() => expect(posted()).toHaveLength(3));
    expect(posted().map((each) => each.url.split("/").at(-1))).toEqual(["comments", "version", "comments"]);
    const about = { place_kind: "cell", place: "does-compare", text: "What do they do?" };
    expect(await posted()[2]?.json()).toMatchObject(about);
    expect(JSON.stringify(room.tree())).toContain('{"id":"does-compare","step":"compare"}');
  });

  it("goes back from a comment to the grid with Escape", async () => {
    const { user } = await opened();
    go("step:look");
    await user.keyboard("{Alt>}c{/Alt}");
    await waitFor(() => expect(document.activeElement?.tagName).toBe("TEXTAREA"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(place("step:look")));
  });

  it("lists commands and keys with /", async () => {
    const { user } = await opened();
    go("step:look");
    await user.keyboard("/");
    expect(await screen.findByPlaceholderText("What do you want to do?")).toBeInTheDocument();
    expect(screen.getByText("Go through the grid")).toBeInTheDocument();
  });
});
