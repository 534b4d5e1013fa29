import type { DefinitionAnswer, MapCard, SavedQuestion } from "../../base/api/schema.gen";

type Named = Pick<DefinitionAnswer, "id" | "name">;

/** What names a journey and would no longer find it. */
export interface Dependents {
  readonly questions: readonly Pick<SavedQuestion, "saved" | "name">[];
  readonly maps: readonly Pick<MapCard, "id" | "title">[];
}

/** Whether a saved question is about a journey. */
export function asksAbout(parameters: string, { id, name }: Named): boolean {
  const params = new URLSearchParams(parameters);
  const named = [...params.getAll("journey"), ...params.getAll("with_journey")];
  return named.includes(id) || named.includes(name);
}

/** Whether the text of a map, YAML or JSON, is measured with a journey. */
export function isMeasuredWith(text: string, { id, name }: Named): boolean {
  return [id, name].map(escaped).some((each) => {
    const yaml = new RegExp(`^journey:[ \\t]*(["']?)${each}\\1[ \\t]*(#.*)?$`, "m");
    const json = new RegExp(`"journey"\\s*:\\s*"${each}"`);
    return yaml.test(text.replaceAll("\r", "")) || json.test(text);
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
