/** A difference that slow answers, and clocks that are right, have. */
const TOLERATED_MS = 60_000;

let ahead = 0;

/** Look how far the server's clock is ahead of that of the browser, which may be wrong by hours or days. */
export function noticeClock(headers: Headers): void {
  const said = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(said)) return;
  const difference = said - Date.now();
  ahead = Math.abs(difference) < TOLERATED_MS ? 0 : difference;
}

/** The moment it is by the server's clock. */
export function now(): Date {
  return new Date(Date.now() + ahead);
}
