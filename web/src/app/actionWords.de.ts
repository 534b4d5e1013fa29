import type { ActionWords } from "./actionWords.en";

export const de: ActionWords = {
  title: "Aktionen",
  newMap: "Neue Journey Map",
  importFile: "Datei importieren",
  compare: "Zwei Segmente vergleichen",
  compareTold: "In der offenen Frage",
  log: "Gespräch eintragen",
  logHere: "Mit diesem Kunden",
  logFirst: "Zuerst den Kunden suchen",
  newJourney: "Neue Journey-Definition",
  invite: "Person einladen",
  toLight: "Zu Hell wechseln",
  toDark: "Zu Dunkel wechseln",
};
