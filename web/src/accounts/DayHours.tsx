import { ActionIcon, Input, Menu, Text, TextInput, Tooltip } from "@mantine/core";
import { IconCopy, IconPlus, IconX } from "@tabler/icons-react";
import type { Span } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { type SpanProblem, tidyClock } from "./calendarDraft";
import classes from "./WeekGrid.module.css";

interface DayHoursProps {
  readonly id: string;
  readonly day: string;
  readonly spans: readonly Span[];
  readonly problems: ReadonlyMap<number, SpanProblem> | undefined;
  readonly onSpans: (spans: readonly Span[]) => void;
  readonly onMore: () => void;
  readonly onCopy: (to: "weekdays" | "days") => void;
}

/** A day and when it is open: spans to write, to add and to take away; none is closed. */
export function DayHours({ id, day, spans, problems, onSpans, onMore, onCopy }: DayHoursProps) {
  const words = useWords(accountsWords);
  const problem = problems?.values().next().value;
  const more = () => {
    onMore();
    setTimeout(() => document.getElementById(`${id}-${String(spans.length)}`)?.focus());
  };
  const clock = (place: number, side: "opens" | "closes") => (
    <TextInput
      {...(side === "opens" && { id: `${id}-${String(place)}` })}
      size="xs"
      className={classes.clock ?? ""}
      maxLength={5}
      inputMode="numeric"
      autoComplete="off"
      aria-label={words.clockOf(words[side], day, place + 1)}
      {...(problem !== undefined && { attributes: { input: { "aria-describedby": `${id}-problem` } } })}
      value={spans[place]?.[side] ?? ""}
      error={problems?.has(place)}
      withErrorStyles
      onChange={({ currentTarget: { value } }) => onSpans(withClock(spans, place, side, value))}
      onBlur={({ currentTarget: { value } }) => onSpans(withClock(spans, place, side, tidyClock(value)))}
    />
  );
  return (
    <div className={classes.day}>
      <span className={classes.name}>{day}</span>
      <div className={classes.spans}>
        {spans.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.closed}
          </Text>
        )}
        {spans.map((_, place) => (
          <span key={String(place)} className={classes.span}>
            {clock(place, "opens")}–{clock(place, "closes")}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={words.removeSpan(day, place + 1)}
              onClick={() => onSpans(spans.filter((_each, other) => other !== place))}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        ))}
      </div>
      <span className={classes.span}>
        <Tooltip label={words.addSpan}>
          <ActionIcon variant="subtle" color="gray" aria-label={words.addSpanOf(day)} onClick={more}>
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
        <CopyMenu day={day} onCopy={onCopy} />
      </span>
      {problem !== undefined && (
        <Input.Error id={`${id}-problem`} className={classes.problem ?? ""}>
          {words[problem]}
        </Input.Error>
      )}
    </div>
  );
}

function CopyMenu({ day, onCopy }: Pick<DayHoursProps, "day" | "onCopy">) {
  const words = useWords(accountsWords);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={words.copyDay(day)}>
          <IconCopy size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy("weekdays")}>{words.toWeekdays}</Menu.Item>
        <Menu.Item onClick={() => onCopy("days")}>{words.toAllDays}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function withClock(spans: readonly Span[], place: number, side: "opens" | "closes", text: string): readonly Span[] {
  return spans.map((span, other) => (other === place ? { ...span, [side]: text } : span));
}
