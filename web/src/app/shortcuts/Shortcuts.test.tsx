import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../../test/render";
import { useShortcuts } from "./useShortcuts";

function Place() {
  const { Shortcuts, close } = useShortcuts();
  return (
    <>
      <button type="button">before</button>
      <input aria-label="written" />
      {Shortcuts !== undefined && <Shortcuts onClose={close} />}
    </>
  );
}

test.each([
  ["en", "Keyboard shortcuts", "Choose another question"],
  ["de", "Tastenkürzel", "Eine andere Frage wählen"],
] as const)("the question mark lists the keys of every page (%s)", async (language, title, told) => {
  renderPage(<Place />, { language });
  await userEvent.click(screen.getByRole("button", { name: "before" }));
  await userEvent.keyboard("?");
  expect(await screen.findByRole("dialog", { name: title })).toHaveTextContent(told);
});

test("closed, it gives the focus back to what had it", async () => {
  renderPage(<Place />);
  await userEvent.click(screen.getByRole("button", { name: "before" }));
  await userEvent.keyboard("?");
  await screen.findByRole("dialog");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "before" })).toHaveFocus());
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("a question mark that is written opens nothing", async () => {
  renderPage(<Place />);
  await userEvent.type(screen.getByRole("textbox"), "why?");
  expect(screen.getByRole("textbox")).toHaveValue("why?");
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});
