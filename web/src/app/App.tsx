import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";
import { ApiError } from "../base/api/errors";
import { LanguageProvider } from "../base/language";
import { ME_KEY } from "../base/me";
import { router } from "./routes";
import { readable, theme } from "./theme";

/** A right that is refused was taken away since the page was opened: what the person may do is asked again. */
const queryCache = new QueryCache({
  onError: (error) => {
    if (error instanceof ApiError && error.code === "access.denied") {
      void client.invalidateQueries({ queryKey: ME_KEY, exact: true });
    }
  },
});

const client: QueryClient = new QueryClient({
  queryCache,
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
    },
  },
});

/** The whole application. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readable} defaultColorScheme="auto">
      <Notifications position="bottom-right" withinPortal={false} />
      <QueryClientProvider client={client}>
        <LanguageProvider>
          <RouterProvider router={router} />
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
