/**
 * Places in an order between any two others, so that moving a thing changes that thing only; the same texts as
 * `desireline.maps.together.ordering`: four digits of a whole number in base 62, then digits behind the point.
 */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = DIGITS.length;
const WHOLE = 4;
const START = 31 * BASE ** 3;
const MOST = BASE ** WHOLE - 1;

/** The place of the `number`-th thing, from 0, of a list that is new. */
export function nthPlace(number: number): string {
  return written(Math.min(START + number, MOST));
}

/**
 * A place behind one and in front of another; undefined: there is nothing. Where they are not in that order, as when two
 * people put something in one place at once, it is one right behind `before`.
 */
export function placeBetween(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return after === undefined ? nthPlace(0) : written(Math.max(whole(after) - 1, 0));
  if (after === undefined) return whole(before) < MOST ? written(whole(before) + 1) : `${before}V`;
  if (after <= before) return `${before}V`;
  const low = whole(before);
  const high = whole(after);
  if (high - low > 1) return written(Math.floor((low + high) / 2));
  return before.slice(0, WHOLE) + middle(before.slice(WHOLE), high === low ? after.slice(WHOLE) : undefined);
}

/** A place between two others that hardly anybody else takes at the same time. */
export function ownPlace(before: string | undefined, after: string | undefined, letters: string): string {
  const place = placeBetween(before, after);
  const own = `${place}${letters.replaceAll(/[^1-9A-Za-z]/g, "V")}`;
  return after === undefined || own < after ? own : place;
}

/** Digits between two, `low` before `high`, neither with a zero at its end; undefined is one. */
function middle(low: string, high: string | undefined): string {
  if (high !== undefined) {
    let shared = 0;
    while (shared < high.length && (low[shared] ?? "0") === high[shared]) shared += 1;
    if (shared > 0) return high.slice(0, shared) + middle(low.slice(shared), high.slice(shared));
  }
  const first = low === "" ? 0 : DIGITS.indexOf(low[0] ?? "0");
  const last = high === undefined || high === "" ? BASE : DIGITS.indexOf(high[0] ?? "0");
  if (last - first > 1) return DIGITS[Math.floor((first + last) / 2)] ?? "V";
  if (high !== undefined && high.length > 1) return high[0] ?? "V";
  return (DIGITS[first] ?? "0") + middle(low.slice(1), undefined);
}

function whole(place: string): number {
  return [...place.slice(0, WHOLE).padEnd(WHOLE, "0")].reduce((sum, digit) => sum * BASE + DIGITS.indexOf(digit), 0);
}

function written(number: number): string {
  let found = "";
  let rest = number;
  for (let count = 0; count < WHOLE; count += 1) {
    found = (DIGITS[rest % BASE] ?? "0") + found;
    rest = Math.floor(rest / BASE);
  }
  return found;
}
