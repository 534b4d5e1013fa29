import { useMemo } from "react";
import { now } from "./api/clock";
import { unitText } from "./units";
import { type Language, useLanguage } from "./words";
import { useZone } from "./zone";

/** How numbers, shares, spans of time and moments are written in a language and a time zone. */
export interface Format {
  /** `1,234` */
  count(value: number): string;
  /** As in the server's pictures (`short_count`): whole below a hundred thousand, else `123k` or `1.23M`, in German `1,23 Mio.`. */
  short(value: number): string;
  /** A number with so many digits behind the point; an en dash where it has no value. */
  number(value: number | null, digits?: number): string;
  /** A share of 1 as `12.3 %`, none and all as `0 %` and `100 %`, nearly that as `< 0.1 %`; an en dash where it has no value. */
  share(value: number | null): string;
  /** A difference of two shares of 1 in points, with its sign and one digit: `+39.0`, `−1.2`. */
  points(difference: number): string;
  /** `12.1 % to 13.4 %`; an en dash where it has no value. */
  interval(low: number | null, high: number | null): string;
  /** Seconds in the two largest units, `2 d 3 h` or `2 Tg. 3 Std.`; an en dash where it has no value. */
  duration(seconds: number | null): string;
  /** A number with its unit, `1 day`, `2.5 days`; without one the number; an en dash where it has no value. */
  amount(value: number | null, unit: string | null, digits?: number): string;
  /** A unit by itself: `days`. */
  unit(name: string): string;
  /** An amount in a currency, three capital letters: `£3.10`. */
  money(amount: number, currency: string): string;
  /** A day of the workspace's time zone. */
  day(moment: string | Date): string;
  /** A moment of the workspace's time zone, to the minute. */
  moment(moment: string | Date): string;
  /** `3 days ago`. */
  ago(moment: string | Date, at?: Date): string;
}

const NOTHING = "–";
const MINUS = "\u2212";
const NO_BREAK = "\u00a0";
const SYMBOLS = { day: "d", hour: "h", minute: "min", second: "s" } as const;
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;
const SECOND = UNITS[3];

/** Below it pictures write a count whole. */
const WHOLE = 100_000;
const SCALES = [
  [1e12, { en: "T", de: " Bio." }],
  [1e9, { en: "B", de: " Mrd." }],
  [1e6, { en: "M", de: " Mio." }],
  [1e3, { en: "k", de: " Tsd." }],
] as const;

type UnitName = (typeof UNITS)[number][0];

const SINCE = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ...UNITS] as const;

/** How many digits a number has behind the point where nothing else says so: three figures tell enough, money and counts apart. */
export function digitsOf(value: number): number {
  const size = Math.abs(value);
  return size < 1 ? 3 : size < 10 ? 2 : 1;
}

export function makeFormat(language: Language, zone: string): Format {
  const locale = language === "en" ? "en-GB" : "de-DE";
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const three = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: zone });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const unit = (value: number, name: UnitName, digits = 0): string =>
    language === "en"
      ? `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)}${NO_BREAK}${SYMBOLS[name]}`
      : new Intl.NumberFormat(locale, {
          style: "unit",
          unit: name,
          unitDisplay: "short",
          maximumFractionDigits: digits,
        }).format(value);
  const number = (value: number | null, digits = 1): string =>
    missing(value) ? NOTHING : minus(new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value));
  const amount = (value: number | null, name: string | null, digits = 1): string => {
    const said = number(value, digits);
    return missing(value) || name === null || name === ""
      ? said
      : `${said}${NO_BREAK}${unitText(language, name, said === "1" || said === `${MINUS}1`)}`;
  };
  const share = (value: number | null): string => (missing(value) ? NOTHING : minus(shareText(value, percent)));
  return {
    count: (value) => minus(count.format(value)),
    short: (value) => minus(Math.abs(value) < WHOLE ? count.format(value) : shortCount(value, three, language)),
    number,
    share,
    points: (difference) => {
      const said = percent.format(Math.abs(100 * difference));
      return `${Number((100 * difference).toFixed(1)) === 0 ? "±" : difference < 0 ? MINUS : "+"}${said}`;
    },
    interval: (low, high) =>
      missing(low) || missing(high) ? NOTHING : `${share(low)} ${language === "de" ? "bis" : "to"} ${share(high)}`,
    duration: (seconds) => (missing(seconds) ? NOTHING : minus(twoUnits(seconds, unit))),
    amount,
    unit: (name) => unitText(language, name),
    money: (amount, currency) => minus(new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount)),
    day: (value) => day.format(new Date(value)),
    moment: (value) => moment.format(new Date(value)),
    ago: (value, at = now()) => {
      const seconds = (new Date(value).getTime() - at.getTime()) / 1000;
      const [name, size] = SINCE.find(([, each]) => Math.abs(seconds) >= each) ??
        SINCE[SINCE.length - 1] ?? ["second", 1];
      return relative.format(Math.round(seconds / size), name);
    },
  };
}

/** With the sign of mathematics, as wide as a plus; spans of time have one for each unit. */
function minus(text: string): string {
  return text.replaceAll("-", MINUS);
}

function missing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

/** What rounds to a thousand of a unit is one of the next. */
function shortCount(count: number, number: Intl.NumberFormat, language: Language): string {
  const [scale, unit] = SCALES.find(([each]) => Math.abs(count) >= each * 0.9995) ?? SCALES[3];
  return number.format(count / scale) + unit[language];
}

/** What is not quite nothing, or all, does not look like it. */
function shareText(share: number, number: Intl.NumberFormat): string {
  if (share > 0 && share < 0.0005) return `<${NO_BREAK}${number.format(0.1)}${NO_BREAK}%`;
  if (share >= 0.9995 && share < 1) return `>${NO_BREAK}${number.format(99.9)}${NO_BREAK}%`;
  return `${share === 0 || share === 1 ? String(100 * share) : number.format(100 * share)}${NO_BREAK}%`;
}

function twoUnits(seconds: number, unit: (value: number, name: UnitName, digits?: number) => string): string {
  if (Math.abs(seconds) < 10) return unit(seconds, "second", 1);
  const rounded = roundToTwo(seconds);
  const [name, size] = UNITS[largest(rounded)] ?? SECOND;
  const next = UNITS[largest(rounded) + 1];
  const whole = Math.trunc(rounded / size);
  const rest = next === undefined ? 0 : Math.round((rounded - whole * size) / next[1]);
  return next === undefined || rest === 0 ? unit(whole, name) : `${unit(whole, name)} ${unit(rest, next[0])}`;
}

/** To whole units of the second largest: 7,199 s are 2 h, not 1 h 60 min. */
function roundToTwo(seconds: number): number {
  const [, size] = UNITS[largest(seconds) + 1] ?? SECOND;
  return Math.round(seconds / size) * size;
}

function largest(seconds: number): number {
  return UNITS.findIndex(([, size]) => Math.abs(seconds) >= size);
}

/** {@link Format} for the person's language and the workspace's time zone. */
export function useFormat(): Format {
  const language = useLanguage();
  const zone = useZone();
  return useMemo(() => makeFormat(language, zone), [language, zone]);
}
