import { type Language, useLanguage } from "../base/words";

const UNITS = [
  ["gigabyte", 1e9],
  ["megabyte", 1e6],
  ["kilobyte", 1e3],
  ["byte", 1],
] as const;

/** A size for people: `2.1 GB`, `315 bytes`. */
export function writeBytes(size: number, language: Language): string {
  const [unit, factor] = UNITS.find(([, each]) => size >= each) ?? UNITS[3];
  return new Intl.NumberFormat(language === "en" ? "en-GB" : "de-DE", {
    style: "unit",
    unit,
    unitDisplay: factor > 1 ? "short" : "long",
    maximumFractionDigits: factor > 1 ? 1 : 0,
  }).format(size / factor);
}

/** {@link writeBytes} in the person's language. */
export function useBytes(): (size: number) => string {
  const language = useLanguage();
  return (size) => writeBytes(size, language);
}
