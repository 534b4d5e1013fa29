import { Notifications, notifications } from "@mantine/notifications";
import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderPage } from "../test/render";

beforeEach(() => {
  vi.resetModules();
  const script = document.createElement("script");
  script.type = "module";
  script.setAttribute("src", "/assets/index-1.js");
  Object.defineProperty(script, "src", { value: "http://localhost/assets/index-1.js" });
  vi.spyOn(document, "querySelector").mockReturnValue(script);
});
afterEach(() => {
  act(() => notifications.clean());
  sessionStorage.clear();
});

async function opened() {
  const { useOtherBuild } = await import("./useOtherBuild");
  const { noticeBuild, noticeFiles } = await import("../base/api/build");
  function Page() {
    useOtherBuild();
    return <Notifications withinPortal={false} />;
  }
  renderPage(<Page />);
  return { seen: (build: string) => noticeBuild(new Headers({ "x-desireline-build": build })), noticeFiles };
}

test("a server of another build is told once, with a button that loads the page again", async () => {
  const { seen } = await opened();
  seen("index-1.js");
  expect(screen.queryByText("Another version of Desireline")).toBeNull();
  seen("index-2.js");
  seen("index-2.js");
  expect(await screen.findAllByText("Another version of Desireline")).toHaveLength(1);
  expect(screen.getByRole("button", { name: "Load the page again" })).toBeInTheDocument();
});

test("where that did not help the server has to be restarted", async () => {
  sessionStorage.setItem("desireline-reloaded-for", "index-2.js");
  const { seen } = await opened();
  seen("index-2.js");
  expect(await screen.findByText(/has to be restarted/)).toBeInTheDocument();
});

test.each([
  ["of another build", '<script type="module" src="/assets/index-3.js"></script>', 1],
  ["of this build", '<script type="module" src="/assets/index-1.js"></script>', 0],
])("a part that could not be loaded: the files are %s", async (_which, page, told) => {
  vi.stubGlobal("fetch", async () => new Response(page));
  const { noticeFiles } = await opened();
  await noticeFiles();
  await waitFor(() => expect(screen.queryAllByText("Another version of Desireline")).toHaveLength(told));
});
