import { Input } from "@mantine/core";
import { useId } from "react";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { type CalendarDraft, type CalendarProblems, copied, withDay, withSpan } from "./calendarDraft";
import { DayHours } from "./DayHours";
import classes from "./WeekGrid.module.css";

interface WeekGridProps {
  readonly draft: CalendarDraft;
  readonly problems: CalendarProblems | undefined;
  readonly onDraft: (draft: CalendarDraft) => void;
}

/** The open hours of the seven days, a row for each; those of one day go to others with two presses. */
export function WeekGrid({ draft, problems, onDraft }: WeekGridProps) {
  const words = useWords(accountsWords);
  const id = useId();
  return (
    <Input.Wrapper
      label={words.openDays}
      description={words.clockHelp}
      error={problems?.week && words.noDays}
      labelElement="div"
      inputWrapperOrder={["label", "description", "input", "error"]}
    >
      <div className={classes.grid} style={{ marginTop: 6 }}>
        {words.days.map((name, day) => (
          <DayHours
            key={name}
            id={`${id}-${String(day)}`}
            day={name}
            spans={draft.week[day] ?? []}
            problems={problems?.spans.get(day)}
            onSpans={(spans) => onDraft(withDay(draft, day, spans))}
            onMore={() => onDraft(withSpan(draft, day))}
            onCopy={(to) => onDraft(copied(draft, day, to))}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}
