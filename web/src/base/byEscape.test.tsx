import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { byEscape } from "./byEscape";

function Place({ onClose, isListOpen }: { readonly onClose: () => void; readonly isListOpen: boolean }) {
  return (
    <div role="dialog" onKeyDown={byEscape(onClose)}>
      <input role="combobox" aria-expanded={isListOpen} aria-controls="list" />
      <div role="dialog">
        <button type="button">within another</button>
      </div>
    </div>
  );
}

test.each([
  ["closes what it is in", false, 1],
  ["leaves it open while it closes a list", true, 0],
])("Escape in a field %s", async (_, isListOpen, times) => {
  const close = vi.fn();
  render(<Place onClose={close} isListOpen={isListOpen} />);
  await userEvent.type(screen.getByRole("combobox"), "{Escape}");
  expect(close).toHaveBeenCalledTimes(times);
});

test("Escape in a dialog within it leaves it open", async () => {
  const close = vi.fn();
  render(<Place onClose={close} isListOpen={false} />);
  screen.getByRole("button").focus();
  await userEvent.keyboard("{Escape}");
  expect(close).not.toHaveBeenCalled();
});
