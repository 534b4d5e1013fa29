import type { Language } from "./words";

type Forms = readonly [one: string, many: string];

const UNITS: Readonly<Record<Language, Readonly<Record<string, Forms>>>> = {
  en: {
    seconds: ["second", "seconds"],
    minutes: ["minute", "minutes"],
    hours: ["hour", "hours"],
    days: ["day", "days"],
    weeks: ["week", "weeks"],
    points: ["point", "points"],
  },
  de: {
    seconds: ["Sekunde", "Sekunden"],
    minutes: ["Minute", "Minuten"],
    hours: ["Stunde", "Stunden"],
    days: ["Tag", "Tage"],
    weeks: ["Woche", "Wochen"],
    points: ["Punkt", "Punkte"],
  },
};

/** A unit in a language, of one or of another number: those of time and points; others as they are written. */
export function unitText(language: Language, unit: string, isOne = false): string {
  const forms = UNITS[language][unit];
  return forms === undefined ? unit : forms[isOne ? 0 : 1];
}
