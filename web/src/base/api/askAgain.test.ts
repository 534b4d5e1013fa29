import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { askAgain } from "./askAgain";

test("an answer that was on its way when something changed is not kept", async () => {
  const client = new QueryClient();
  let state = "before";
  const waiting: (() => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ["map"],
    queryFn: async () => {
      const seen = state;
      if (seen === "before") await new Promise<void>((resolve) => waiting.push(resolve));
      return seen;
    },
  });
  const leave = observer.subscribe(() => undefined);

  state = "after";
  const again = askAgain(client);
  for (const answer of waiting) answer();
  await again;

  expect(client.getQueryData(["map"])).toBe("after");
  leave();
});
