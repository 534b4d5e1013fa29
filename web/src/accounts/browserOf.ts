/** A browser and the system that it runs on. */
export interface Browser {
  readonly browser: string;
  readonly system: string;
}

const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;

const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iOS"],
  ["iPad", "iPadOS"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

/** What calls itself so, in words; null where that is not known. */
export function browserOf(agent: string): Browser | null {
  const browser = BROWSERS.find(([mark]) => agent.includes(mark));
  const system = SYSTEMS.find(([mark]) => agent.includes(mark));
  return browser === undefined || system === undefined ? null : { browser: browser[1], system: system[1] };
}
