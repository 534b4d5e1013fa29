import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { LanguageProvider, ofBrowser, useChooseLanguage } from "./language";

afterEach(() => localStorage.clear());

function Told() {
  const choose = useChooseLanguage();
  const { data } = useQuery({
    queryKey: ["told"],
    queryFn: () => /desireline-language=(\w+)/.exec(document.cookie)?.[1],
  });
  return (
    <button type="button" onClick={() => choose("de")}>
      told in {data}
    </button>
  );
}

test("the server is told the language in a cookie, and asked again when another one is chosen", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  render(
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <Told />
      </LanguageProvider>
    </QueryClientProvider>,
  );
  await screen.findByText("told in en");
  await userEvent.click(screen.getByRole("button"));
  await screen.findByText("told in de");
  expect(document.documentElement.lang).toBe("de");
});

test.each([
  [["de-AT", "en"], "de"],
  [["fr", "de"], "de"],
  [["fr"], "en"],
] as const)("a browser with the languages %j begins in %s", (wanted, language) => {
  expect(ofBrowser(wanted)).toBe(language);
});
