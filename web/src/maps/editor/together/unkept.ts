const KEY = "desireline-unkept-maps";

/** Ids of the maps of which this browser keeps changes that the server does not have. */
export function unkeptMaps(): readonly string[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(said) ? said.map(String) : [];
  } catch {
    return [];
  }
}

/** Note whether this browser keeps such changes of a map: whoever opens its page later is told. */
export function noteUnkept(map: string, isUnkept: boolean): void {
  const known = unkeptMaps();
  if (known.includes(map) === isUnkept) return;
  const others = known.filter((each) => each !== map);
  localStorage.setItem(KEY, JSON.stringify(isUnkept ? [...others, map] : others));
}
