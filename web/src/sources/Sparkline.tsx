import type { DaySum } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

const WIDTH = 120;
const HEIGHT = 24;
const DAYS = 90;
const DAY_MS = 86_400_000;

/** Interactions by day, as small bars; what they say is also in words for screen readers. */
export function Sparkline({ days }: { readonly days: readonly DaySum[] }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const newest = days.at(-1);
  if (newest === undefined) return null;
  const end = Date.parse(newest.day);
  const shown = days.filter((each) => end - Date.parse(each.day) < DAYS * DAY_MS);
  const most = Math.max(...shown.map((each) => each.interactions));
  const label = words.lastDaysOf(format.count(most), format.day(`${newest.day}T12:00:00Z`));
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      <path d={bars(shown, end, most)} fill="light-dark(var(--mantine-color-path-7), var(--mantine-color-path-5))" />
    </svg>
  );
}

function bars(days: readonly DaySum[], end: number, most: number): string {
  const step = WIDTH / DAYS;
  return days
    .map((each) => {
      const left = WIDTH - ((end - Date.parse(each.day)) / DAY_MS + 1) * step;
      const height = Math.max(1, (each.interactions / most) * HEIGHT);
      return `M${left.toFixed(2)} ${HEIGHT}v${(-height).toFixed(2)}h${(step * 0.8).toFixed(2)}v${height.toFixed(2)}z`;
    })
    .join("");
}
