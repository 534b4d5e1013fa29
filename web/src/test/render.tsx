import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import { theme } from "../app/theme";
import { type Me, MeContext } from "../base/me";
import { type Language, LanguageContext } from "../base/words";
import { ZoneContext } from "../base/zone";

const ADA: Me = {
  name: "Ada",
  role: "admin",
  rights: ["look", "draw", "see_customers", "log_interactions", "change_data", "administer"],
  way: "session",
  workspace: "demo",
  timezone: "Europe/Berlin",
};

interface Options {
  /** The address that the page is opened at. */
  readonly at?: string;
  /** The path of the page's route, where it has parameters. */
  readonly path?: string;
  readonly language?: Language;
  readonly me?: Partial<Me>;
}

/** Render a page as the application does: providers, a signed-in person, a router in memory. */
export function renderPage(page: ReactNode, options: Options = {}): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path: options.path ?? "*", element: page }], {
    initialEntries: [options.at ?? "/"],
  });
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>
        <LanguageContext value={options.language ?? "en"}>
          <ZoneContext value="Europe/Berlin">
            <MeContext value={{ ...ADA, ...options.me }}>
              <RouterProvider router={router} />
            </MeContext>
          </ZoneContext>
        </LanguageContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** What the server would answer, by method and path: `{"GET /api/maps": [...]}`; a `Response` is given as it is. */
export type Answers = Readonly<Record<string, unknown>>;

/** Put answers in the place of the network, for one test; what was asked is returned as it comes. */
export function serve(answers: Answers): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input instanceof Request ? input : new URL(String(input), "http://localhost"), init);
    asked.push(request.clone());
    const { pathname } = new URL(request.url);
    const found = answers[`${request.method} ${pathname}`];
    if (found instanceof Response) return found.clone();
    if (found === undefined)
      return Response.json({ code: "http.404", message: `no answer for ${pathname}` }, { status: 404 });
    return Response.json(found);
  });
  return asked;
}
