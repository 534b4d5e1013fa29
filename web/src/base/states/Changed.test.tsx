import { expect, test, vi } from "vitest";
import { renderPage } from "../../test/render";
import { ApiError } from "../api/errors";
import { Changed } from "./Changed";

test("it goes away again where the browser scrolls with a promise", () => {
  HTMLElement.prototype.scrollIntoView = () => Promise.resolve();
  vi.spyOn(console, "error");
  const refused = new ApiError(409, "settings.changed", "somebody has changed it", "look at it");
  const { unmount } = renderPage(
    <Changed error={refused} busy={false} now={null} onKeepMine={vi.fn()} onTakeTheirs={vi.fn()} />,
  );
  unmount();
  expect(console.error).not.toHaveBeenCalled();
});
