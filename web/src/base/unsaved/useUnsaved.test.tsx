import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { expect, test } from "vitest";
import { renderPage } from "../../test/render";
import { isChanged } from "./isChanged";
import { unasked } from "./unasked";
import { useUnsaved } from "./useUnsaved";

const HELD_BY = ["open"];

function Form() {
  const [text, setText] = useState("");
  const [isClosed, setClosed] = useState(false);
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const { ask, guard } = useUnsaved(text !== "" && !isClosed, HELD_BY);
  return (
    <>
      <output>{pathname + search + (isClosed ? " closed" : "")}</output>
      <input aria-label="Text" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Link to="/other">Other page</Link>
      <Link to="?open=form&sort=name">Sorted</Link>
      <Link to="?sort=name">Without the form</Link>
      <button type="button" onClick={() => ask(() => setClosed(true))}>
        Close
      </button>
      <button type="button" onClick={() => unasked(() => void navigate("/saved"))}>
        Save
      </button>
      {guard}
    </>
  );
}

function openForm(text: string, language: "en" | "de" = "en") {
  renderPage(<Form />, { at: "/page?open=form", language });
  return text === "" ? Promise.resolve() : userEvent.type(screen.getByLabelText("Text"), text);
}

test("where nothing was typed nothing is asked", async () => {
  await openForm("");
  await userEvent.click(screen.getByRole("link", { name: "Other page" }));
  expect(screen.getByText("/other")).toBeVisible();
});

test("what was typed stays, with the address, until the person says to leave", async () => {
  await openForm("Hello");
  await userEvent.click(screen.getByRole("link", { name: "Other page" }));
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Stay" })).toHaveFocus();
  await userEvent.click(screen.getByRole("button", { name: "Stay" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByText("/page?open=form")).toBeVisible();
  expect(screen.getByLabelText("Text")).toHaveValue("Hello");
  await userEvent.click(screen.getByRole("link", { name: "Other page" }));
  await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
  expect(await screen.findByText("/other")).toBeVisible();
});

test("Escape stays, and the question comes again the next time", async () => {
  await openForm("Hello", "de");
  await userEvent.click(screen.getByRole("link", { name: "Other page" }));
  await screen.findByRole("dialog", { name: "Verlassen, ohne zu speichern?" });
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.click(screen.getByRole("link", { name: "Other page" }));
  expect(await screen.findByRole("dialog")).toBeVisible();
});

test.each([
  ["what holds the form open asks", "Without the form", true],
  ["what does not asks nothing", "Sorted", false],
])("of the address behind the question mark, %s", async (_, link, asks) => {
  await openForm("Hello");
  await userEvent.click(screen.getByRole("link", { name: link }));
  expect(screen.queryByRole("dialog") !== null).toBe(asks);
});

test("closing asks, and closes once the person says so", async () => {
  await openForm("Hello");
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.getByText("/page?open=form")).toBeVisible();
  await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
  expect(screen.getByText("/page?open=form closed")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("saving goes on without a question", async () => {
  await openForm("Hello");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText("/saved")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["held while something is not saved", "Hello", true],
  ["let go where all is saved", "", false],
])("the tab is %s", async (_, text, isHeld) => {
  await openForm(text);
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(isHeld);
});

test.each([
  ["the same", { days: ["Mon"] }, { days: ["Mon"] }, false],
  ["another", { days: ["Mon"] }, { days: [] }, true],
])("a draft that says %s is told from what it was", (_, before, now, is) => {
  expect(isChanged(before, now)).toBe(is);
});
