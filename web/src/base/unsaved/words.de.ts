import type { UnsavedWords } from "./words.en";

export const de: UnsavedWords = {
  title: "Verlassen, ohne zu speichern?",
  hint: "Was Sie hier geändert haben, ist noch nicht gespeichert und ginge verloren.",
  stay: "Bleiben",
  leave: "Verlassen",
};
