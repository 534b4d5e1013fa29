import type { ChangedWords } from "./changedWords.en";

export const de: ChangedWords = {
  title: "Das hat inzwischen jemand anderes geändert",
  hint: "Es wurde gespeichert, nachdem Sie es geöffnet haben. Was Sie geschrieben haben, ist noch da; gespeichert wurde davon nichts.",
  standsNow: "Was jetzt gilt",
  isGone: "Es wurde entfernt.",
  takeTheirs: "Meine verwerfen, die andere übernehmen",
  keepMine: "Stattdessen meine speichern",
};
