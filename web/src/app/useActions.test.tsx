import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useLocation } from "react-router";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Finder } from "./Finder";

const ALL = ["look", "draw", "see_customers", "log_interactions", "change_data", "administer"];

function Place() {
  const { pathname, search } = useLocation();
  return <p>{`at ${pathname}${search}`}</p>;
}

async function open(rights: readonly string[], at: string, typed = ""): Promise<void> {
  serve({});
  renderPage(
    <>
      <Finder />
      <Place />
    </>,
    { me: { rights, way: "session" }, at },
  );
  await userEvent.click(screen.getByRole("button", { name: /Go to/ }));
  const input = await screen.findByRole("textbox", { name: "Where to?" });
  if (typed !== "") await userEvent.type(input, typed);
}

test.each([
  ["New map", "/", "/maps?new=template"],
  ["Import a file", "/", "/data/import"],
  ["Invite a person", "/", "/settings/people?invite=person"],
  ["New journey definition", "/", "/settings/journeys?add=journey"],
  ["Log a talk", "/", "/customers"],
  ["Log a talk", "/customers/17?channel=web", "/customers/17?log=talk"],
  ["Compare two segments", "/explore/retention?period=2026-05", "/explore/retention?period=2026-05&compare=on"],
])("%s, chosen at %s by Enter, leads to %s", async (action, at, to) => {
  await open(ALL, at, action);
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText(`at ${to}`)).toBeInTheDocument();
});

test.each([
  ["whoever may only look", ["look"], "/", ["Switch to dark", "Sign out"]],
  ["who draws", ["look", "draw"], "/", ["New map", "Switch to dark", "Sign out"]],
  [
    "an analyst at a question",
    ["look", "change_data"],
    "/explore",
    ["Import a file", "New journey definition", "Compare two segments"],
  ],
])("%s sees the actions that they may do", async (_who, rights, at, shown) => {
  await open(rights, at);
  for (const name of shown) expect(screen.getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
  const every = ["New map", "Import a file", "Invite a person", "New journey definition", "Log a talk"];
  for (const name of every.filter((each) => !shown.includes(each)))
    expect(screen.queryByRole("button", { name: new RegExp(`^${name}`) })).toBeNull();
  await userEvent.keyboard("{Escape}");
});

test.each(["/", "/explore/insights", "/explore/flow?compare=on", "/explore/flow?with_segment=channel%20%3D%20web"])(
  "there are no two segments to compare at %s",
  async (at) => {
    await open(ALL, at);
    expect(screen.queryByRole("button", { name: /^Compare two segments/ })).toBeNull();
    await userEvent.keyboard("{Escape}");
  },
);

test("the palette switches to dark, and then back to light", async () => {
  await open(ALL, "/", "switch");
  await userEvent.keyboard("{Enter}");
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
  await userEvent.click(screen.getByRole("button", { name: /Go to/ }));
  await userEvent.click(await screen.findByRole("button", { name: /^Switch to light/ }));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "light");
});
