import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { type CalendarDraft, weekLines } from "./calendarDraft";
import { useDayText } from "./dayText";
import { Facts } from "./Facts";

interface CalendarFactsProps {
  readonly hours: Pick<CalendarDraft, "week" | "timezone" | "holidays">;
}

/** What a calendar says: hours of the days, time zone, holidays. */
export function CalendarFacts({ hours }: CalendarFactsProps) {
  const words = useWords(accountsWords);
  const told = useDayText();
  const holidays = hours.holidays.map(({ day, name }) => `${told(day)} ${name ?? ""}`.trim()).join(", ");
  return (
    <Facts
      facts={[
        ...weekLines(hours.week, words.days),
        [words.zone, hours.timezone],
        [words.holidays, holidays === "" ? words.noHolidays : holidays],
      ]}
    />
  );
}
