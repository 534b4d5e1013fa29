import type { MentionWords } from "./mentionWords.en";

const n = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const de: MentionWords = {
  mentionsOfYou: (count) =>
    `${count} ${n(count, "Kommentar nennt Sie und ist", "Kommentare nennen Sie und sind")} nicht erledigt`,
  moreMentions: (count) => `und ${count} ${n(count, "älterer", "ältere")}`,
  readsComments:
    "Ihre Rolle liest Kommentare. Schreiben und beantworten können sie die Rollen Bearbeiten, Analyse und Verwaltung.",
};
