import { Group, Text, Tooltip } from "@mantine/core";
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from "@tabler/icons-react";
import type { Figure } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import classes from "./Change.module.css";
import { useFigureFormat } from "./figureFormat";
import { homeWords } from "./homeWords";

/** How a figure differs from the period before: which way, by how much, and whether that is more than chance. */
export function Change({ figure }: { readonly figure: Figure }) {
  const words = useWords(homeWords);
  const format = useFigureFormat();
  if (figure.difference === null)
    return (
      <Text size="xs" c="dimmed">
        {words.noBefore}
      </Text>
    );
  const news = newsOf(figure);
  const Arrow = figure.difference > 0 ? IconArrowUpRight : figure.difference < 0 ? IconArrowDownRight : IconMinus;
  const way = figure.difference > 0 ? words.up : figure.difference < 0 ? words.down : words.same;
  const judged = figure.difference_low !== null;
  const told = [
    words.before(format.value(figure, figure.before)),
    ...(judged ? [words.interval(...bounds(figure, format.bound)), figure.is_sure ? words.sure : words.chance] : []),
  ];
  return (
    <Tooltip label={told.join(" · ")} multiline>
      <Group gap={4} wrap="nowrap" align="flex-start" className={classes[news] ?? ""} miw={0}>
        <Arrow size={15} stroke={2} aria-label={way} role="img" />
        <Text size="xs" fw={figure.is_sure ? 600 : 400} className="numbers">
          {format.change(figure, figure.difference, figure.before)}
          {news !== "none" && <> · {news === "good" ? words.goodNews : words.badNews}</>}
          {judged && !figure.is_sure && <> · {words.withinChance}</>}
          {figure.untested !== null && <> · {words.untested[figure.untested]}</>}
        </Text>
      </Group>
    </Tooltip>
  );
}

function bounds(figure: Figure, bound: (of: Figure, difference: number) => string): [string, string] {
  return [bound(figure, figure.difference_low ?? 0), bound(figure, figure.difference_high ?? 0)];
}

/** Only what is more than chance is news, and only of a figure of which one way is better. */
export function newsOf(figure: Figure): "good" | "bad" | "none" {
  if (!figure.is_sure || figure.better === "neither" || !figure.difference) return "none";
  return figure.difference > 0 === (figure.better === "higher") ? "good" : "bad";
}
