import type { QueryClient, QueryFilters } from "@tanstack/react-query";

/**
 * Ask again what may have changed on the server, of all queries or those of a filter.
 *
 * A first answer that is still on its way would be of before the change, and invalidating alone would wait for it.
 */
export async function askAgain(client: QueryClient, filters?: QueryFilters): Promise<void> {
  await client.cancelQueries(filters);
  await client.invalidateQueries(filters);
}
