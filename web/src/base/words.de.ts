import type { BaseWords } from "./words.en";

export const de: BaseWords = {
  loading: "Wird geladen …",
  retry: "Noch einmal versuchen",
  failed: "Das hat nicht geklappt",
  offline: "Der Server antwortet nicht",
  offlineHint: "Prüfen Sie die Verbindung; was Sie sehen, kann veraltet sein.",
  forbidden: "Ihre Rolle erlaubt das nicht",
  forbiddenHint: "Jemand mit der Rolle Verwaltung kann Ihnen eine andere Rolle geben.",
  signedOut: "Sie sind abgemeldet",
  signedOutHint:
    "Melden Sie sich in einem neuen Tab wieder an und machen Sie hier weiter; nichts, was Sie geschrieben haben, geht verloren.",
  signInAgain: "Anmelden",
  smallGroup: "Zu wenige Kunden",
  close: "Schließen",
  cancel: "Abbrechen",
  save: "Speichern",
  of: (part: string, whole: string) => `${part} von ${whole}`,
  people: (n: string) => `n = ${n}`,
  interval: "95-%-Intervall",
  calendar: {
    previousMonth: "Voriger Monat",
    nextMonth: "Nächster Monat",
    previousYear: "Voriges Jahr",
    nextYear: "Nächstes Jahr",
    previousDecade: "Voriges Jahrzehnt",
    nextDecade: "Nächstes Jahrzehnt",
  },
  keyNames: { Ctrl: "Strg", Shift: "Umschalt", Enter: "Eingabe", Delete: "Entf" },
  working: (share: string) => `In Arbeit: ${share}`,
};
