import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Answers, renderPage, serve } from "../../test/render";
import { CARD, THREAD } from "../samples";
import { Component } from "./EditorPage";
import { MAPS } from "./model/testing/trees";
import type { Tree } from "./model/tree";
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

const CHECK = "GET /api/evidence/maps/shop/check";
const MEASURED = {
  journeys: 10,
  lanes: [],
  steps: ["bound", "unbound", "unbound"].map((binding, place) => ({
    id: ["look", "compare", "order"][place],
    binding,
    reached_share: binding === "bound" ? 0.5 : null,
    reached_low: 0.4,
    reached_high: 0.6,
    left_share: null,
    skipped_share: null,
    median_seconds_from_previous: null,
  })),
};

interface Options {
  readonly mayWrite?: boolean;
  readonly status?: object;
  readonly at?: string;
  readonly answers?: Answers;
  readonly tree?: Tree;
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
  const room = openRoom(options.tree ?? MAPS.shop, options.status);
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

  it.each([
    [[{ id: "anna", name: "Anna of ours" }], "Anna of ours"],
    [[], "anna"],
  ])("names the persona of a lane that the map only names as the library does: %j", async (documents, name) => {
    const tree = { ...MAPS.shop, personas: ["anna"] };
    await opened({ tree, answers: { "GET /api/maps/documents/persona": { documents } } });
    await waitFor(() => expect(place("lane:feels")).toHaveTextContent(name));
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

  it("makes an opportunity of each line that is typed in a lane of opportunities, and its tasks beside it", async () => {
    const { user, room } = await opened();
    await user.click(screen.getByRole("button", { name: "Add a lane" }));
    await user.click(await screen.findByRole("menuitem", { name: "Opportunities" }));
    const name = [...document.querySelectorAll("[data-place^='cell:opportunities']")][0]?.getAttribute("data-place");
    go(name ?? "");
    await user.keyboard("{Enter}How might we ship faster?{Escape}");
    const panel = await screen.findByRole("group", { name: "How might we ship faster?" });
    await user.type(within(panel).getByRole("textbox", { name: "Effort, 1 to 5" }), "2");
    await user.click(within(panel).getByRole("button", { name: "New solution" }));
    await user.click(within(panel).getByRole("button", { name: "New task" }));
    await user.type(within(panel).getByRole("textbox", { name: "Department" }), "Shops");
    await waitFor(() =>
      expect(room.tree().opportunities).toMatchObject([
        {
          title: "How might we ship faster?",
          effort: 2,
          solutions: [{ title: "New solution", tasks: [{ title: "New task", department: "Shops" }] }],
        },
      ]),
    );
    expect(JSON.stringify(room.tree().lanes)).not.toContain("ship faster");
  });

  it("makes a metric at a step, a share in per cent", async () => {
    const { user, room } = await opened();
    go("step:look");
    await user.type(await screen.findByRole("combobox", { name: "Add or make a metric" }), "Found it{Enter}");
    const metric = await screen.findByRole("group", { name: "Found it" });
    await user.click(within(metric).getByRole("combobox", { name: "What is counted" }));
    await user.click(await screen.findByRole("option", { name: /^Reach/ }));
    await user.type(within(metric).getByRole("textbox", { name: "Target" }), "80");
    await waitFor(() => expect(room.tree().metrics).toMatchObject([{ name: "Found it", kind: "reach", target: 0.8 }]));
  });

  it("measures what is written now, once a step is bound, and again when a binding changes", async () => {
    const { user, asked } = await opened({ at: "?measured=1", answers: { [CHECK]: MEASURED } });
    expect(await screen.findByText(/No step is bound/)).toBeInTheDocument();
    const checks = () => asked.filter((each) => each.url.includes("/check?written=true")).length;
    expect(checks()).toBe(0);
    go("step:look");
    await user.click(await screen.findByRole("combobox", { name: "Touchpoint" }));
    await user.click(await screen.findByRole("option", { name: "Search (1,200)" }));
    expect(await screen.findByText(/^10 journeys, 1 of 3 steps measured/)).toBeInTheDocument();
    expect(checks()).toBe(1);
    await user.click(screen.getByRole("radio", { name: /first/ }));
    await waitFor(() => expect(checks()).toBe(2));
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

  it.each([
    ["a drag is kept", "{Enter}", "0.5"],
    ["Escape takes a drag back", "{Escape}", "1"],
  ])("%s", async (_, key, feels) => {
    const { user, room } = await opened();
    const face = within(place("cell:feels/look")).getByTitle("Emotion 1 from −2 to 2");
    face.setPointerCapture = () => undefined;
    fireEvent.pointerDown(face, { pointerId: 1 });
    fireEvent.pointerMove(face, { pointerId: 1, clientY: 62.5 });
    await waitFor(() => expect(JSON.stringify(room.tree())).toContain('"emotion":0.5'));
    await user.keyboard(key);
    fireEvent.pointerMove(face, { pointerId: 1, clientY: 62.5 });
    fireEvent.pointerUp(face, { pointerId: 1 });
    await waitFor(() => expect(JSON.stringify(room.tree())).toContain(`"emotion":${feels}`));
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

  it("says that nothing is saved where it is not let in any more, and goes on after signing in again", async () => {
    const { room, user } = await opened();
    act(() => room.drop(4403));
    expect(await screen.findByText("The server does not let this editor in")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
    expect(screen.getByText("Not connected")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByText("The server does not let this editor in")).not.toBeInTheDocument());
  });

  it("tells what somebody else wrote at the same place meanwhile, and takes what does not count", async () => {
    const { room, user } = await opened();
    go("step:look");
    const open = room.cut();
    await user.keyboard("{Enter}{Control>}a{/Control}Mine{Enter}");
    act(() => room.doc.getMap("steps").set("look/name", "Theirs"));
    open();
    expect(
      await screen.findByText("While you were away, somebody else wrote at the same place", {}, { timeout: 5_000 }),
    ).toBeInTheDocument();
    const counted = JSON.stringify(room.tree()).includes("Mine") ? "Mine" : "Theirs";
    await user.click(screen.getByRole("button", { name: counted === "Mine" ? "Take theirs" : "Take mine" }));
    await waitFor(() => expect(JSON.stringify(room.tree())).toContain(counted === "Mine" ? "Theirs" : "Mine"));
    expect(screen.queryByText(/^While you were away/)).not.toBeInTheDocument();
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

  it("says level, state, tags and review of the map, and takes each back", async () => {
    const library = { maps: [{ ...CARD, tags: ["money"] }], total: 1, problems: [] };
    const { room, user } = await opened({ at: "?at=map", answers: { "GET /api/maps/library": library } });
    const before = room.tree();
    await user.click(await screen.findByRole("combobox", { name: "Level" }));
    await user.click(await screen.findByRole("option", { name: "Life cycle" }));
    await user.click(screen.getByRole("radio", { name: "As it shall be" }));
    await user.click(screen.getByRole("combobox", { name: "Tags" }));
    await user.click(await screen.findByRole("option", { name: "money" }));
    await user.click(screen.getByRole("button", { name: "Reviewed today" }));
    const said = { level: "life-cycle", state: "future", tags: ["money"], reviewed_by: "Ada" };
    await waitFor(() => expect(room.tree()).toMatchObject(said));
    for (const _ of said.tags.concat("state", "level", "reviewed")) {
      await user.click(screen.getByRole("button", { name: "Undo" }));
    }
    await waitFor(() => expect(room.tree()).toEqual(before));
  });

  it("says which map shows a step in detail, and that one is gone", async () => {
    const library = { maps: [CARD], total: 1, problems: [] };
    const { room, user } = await opened({ at: "?at=step:look", answers: { "GET /api/maps/library": library } });
    await user.click(await screen.findByRole("combobox", { name: "Shown in detail by" }));
    await user.click(await screen.findByRole("option", { name: "I pay" }));
    expect(await screen.findByRole("link", { name: "Open in detail: I pay" })).toHaveAttribute("href", "/maps/pay");
    await waitFor(() => expect(JSON.stringify(room.tree())).toContain('"map":"pay"'));
  });
});
