import type { SpotlightActionData, SpotlightActionGroupData } from "@mantine/spotlight";
import { mapsWords } from "../maps/mapsWords";

/** What the title of a copy ends with, in every language: it may have been made in another one. */
const COPIES = Object.values(mapsWords).map((words) => words.copyTitle("").trim());

/**
 * What has all words of a text in its name or in what is told of it, without groups in which nothing has. What is named so comes
 * first, then what begins so, what has a word that begins so, what has it elsewhere; of two that are alike, a copy comes last.
 */
export function having(text: string, groups: readonly SpotlightActionGroupData[]): SpotlightActionGroupData[] {
  const typed = text.trim().toLowerCase();
  const words = typed.split(/\s+/);
  const found = groups.flatMap(({ group, actions }) => {
    const having = actions.filter(({ label, description }) => {
      const said = `${label ?? ""} ${description ?? ""}`.toLowerCase();
      return words.every((each) => said.includes(each));
    });
    if (having.length === 0) return [];
    const ranked = having.map((action) => ({ action, rank: rankOf(typed, action) })).sort((a, b) => a.rank - b.rank);
    return [{ group, actions: ranked.map(({ action }) => action), rank: ranked[0]?.rank ?? 0 }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ group, actions }) => ({ group, actions }));
}

/** The smaller, the sooner it is shown. */
function rankOf(typed: string, { label = "", description = "" }: SpotlightActionData): number {
  const name = label.toLowerCase();
  const isCopy = COPIES.some((each) => label.endsWith(each) || description.endsWith(each));
  if (name === typed) return 0;
  return (
    (name.startsWith(typed) ? 1 : ` ${name}`.includes(` ${typed}`) ? 2 : name.includes(typed) ? 3 : 4) +
    (isCopy ? 0.5 : 0)
  );
}
