import { DateInput } from "@mantine/dates";
import { baseWords } from "./baseWords";
import calendar from "./Calendar.module.css";
import type { DayFieldProps } from "./DayField";
import { dayOf, dayText } from "./days";
import { useLanguage, useWords } from "./words";
import "@mantine/dates/styles.css";
import "dayjs/locale/de";

/** What {@link DayField} shows once it is loaded. */
export function DayInput({ label, name, value, onChange, size = "sm", isNested = false, ...more }: DayFieldProps) {
  const language = useLanguage();
  const words = useWords(baseWords);
  return (
    <DateInput
      label={label}
      description={more.description}
      aria-label={name}
      size={size}
      miw={size === "xs" ? 112 : undefined}
      disabled={more.disabled ?? false}
      readOnly={more.readOnly ?? false}
      required={more.required ?? false}
      allowDeselect={!more.required}
      locale={language}
      valueFormat={(day) => dayText(day, language)}
      dateParser={(said) => dayOf(said, language)}
      value={value === "" ? null : value}
      onChange={(day) => onChange(day ?? "")}
      ariaLabels={words.calendar}
      classNames={{ day: calendar.day ?? "" }}
      popoverProps={{ withinPortal: !isNested, shadow: "md" }}
    />
  );
}
