import type { JourneysWords } from "../words.en";

/** Which journeys are shown, in words. */
export function describeNumber(number: string, words: JourneysWords): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  const one = (name: string) => said.get(name) ?? "";
  const { what } = words.behind;
  const along = said.getAll("path").join(" → ");
  switch (kind) {
    case "touchpoint":
      return what.touchpoint(one("name"));
    case "move":
      return what.move(one("source"), one("target"));
    case "start":
      return what.start(one("name"));
    case "end":
      return what.end(one("name"));
    case "variant":
      return what.variant(along);
    case "common":
      return what.common(along);
    case "funnel":
      return said.has("stopped") ? what.stopped(stepOf(said)) : what.reached(stepOf(said));
    case "paths":
      return said.has("following")
        ? what.pathsMove(one("name"), one("following"))
        : what.paths(one("step").replace("-", ""), one("name"));
    case "cluster":
      return what.cluster(one("cluster"));
    case "meeting":
      return what.meeting(one("condition"));
    default:
      return "";
  }
}

/** A step of a funnel: its number and name. */
function stepOf(said: URLSearchParams): string {
  const step = said.get("step") ?? "1";
  const name = said.getAll("steps")[Number(step) - 1];
  return name === undefined ? step : `${step}, ${name}`;
}

/** The address of the journeys: the number, and what chooses customers on the page. */
export function behindQuery(number: string, params: URLSearchParams, selection: readonly string[]): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  for (const name of selection) {
    const value = params.get(name);
    if (value !== null && value !== "" && !said.has(name)) said.set(name, value);
  }
  said.sort();
  return `${kind}?${said.toString()}`;
}
