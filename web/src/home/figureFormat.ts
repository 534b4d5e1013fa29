import { useMemo } from "react";
import type { Figure } from "../base/api/schema.gen";
import { type Format, useFormat } from "../base/format";
import { type Language, useLanguage, useWords } from "../base/words";
import { homeWords } from "./homeWords";
import type { HomeWords } from "./words.en";

/** What a number is: a count, a share of 1, a mean in its unit; `value` says how many digits its like has. */
export type Measured = Pick<Figure, "kind" | "unit"> & { readonly value?: number | null };

/** How the figures of Home are written. */
export interface FigureFormat {
  /** A value with its unit: `77.2 %`, `2 min 40 s`, `£3.10`. */
  value(of: Measured, value: number | null): string;
  /** How much more or less, with its sign: shares in points, counts in per cent of what was before. */
  change(of: Measured, difference: number, before: number | null): string;
  /** A bound of the interval of a change. */
  bound(of: Measured, difference: number): string;
  /** A day, written without a clock: `2026-06-03` → `3 Jun 2026`. */
  day(day: string): string;
}

const CURRENCY = /^[A-Z]{3}$/;

export function makeFigureFormat(language: Language, format: Format, words: HomeWords): FigureFormat {
  const locale = language === "en" ? "en-GB" : "de-DE";
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const coarse = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const value = (of: Measured, number: number | null): string => {
    if (number === null) return "–";
    if (of.kind === "count") return format.count(number);
    if (of.kind === "share") return format.share(number);
    if (of.unit === "seconds") return format.duration(number);
    if (CURRENCY.test(of.unit))
      return new Intl.NumberFormat(locale, { style: "currency", currency: of.unit }).format(number);
    return (Math.abs(of.value ?? number) < 10 ? fine : coarse).format(number).replace("-", "−");
  };
  const signed = (number: number, text: string): string => `${number < 0 ? "−" : number > 0 ? "+" : "±"}${text}`;
  const bound = (of: Measured, difference: number): string => {
    if (of.kind === "share") return format.points(difference);
    const size = Math.abs(difference);
    return signed(difference, value(of, size));
  };
  return {
    value,
    bound,
    change: (of, difference, before) => {
      if (of.kind === "share") return words.pointsDifference(bound(of, difference));
      if (of.kind !== "count") return bound(of, difference);
      return before ? signed(difference, format.share(Math.abs(difference / before))) : bound(of, difference);
    },
    day: (day) => days.format(new Date(day)),
  };
}

/** {@link FigureFormat} for the person's language. */
export function useFigureFormat(): FigureFormat {
  const language = useLanguage();
  const format = useFormat();
  const words = useWords(homeWords);
  return useMemo(() => makeFigureFormat(language, format, words), [language, format, words]);
}

type Named = Pick<Figure, "id" | "name"> & Partial<Pick<Figure, "within_seconds">>;

/** What a figure is called, and what it means. */
export function useFigureName(): (figure: Named) => { name: string; meaning: string } {
  const words = useWords(homeWords);
  const format = useFormat();
  return ({ id, name, within_seconds: within }) => {
    if (id.startsWith("conversion:"))
      return {
        name: words.conversion(name ?? id.slice("conversion:".length)),
        meaning: words.conversionMeaning(within == null ? words.timeOut : format.duration(within)),
      };
    return { name: words.figure[id] ?? id, meaning: words.meaning[id] ?? "" };
  };
}
