import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";

const DayInput = lazy(() => import("./DayInput").then((loaded) => ({ default: loaded.DayInput })));

/** A field for a day: written or picked in the manner of the person's language, whatever that of the browser is. */
export interface DayFieldProps {
  readonly label?: string;
  readonly description?: string;
  /** Its name where no label is seen. */
  readonly name?: string;
  /** `2026-11-22`; empty for none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly size?: "xs" | "sm";
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  /** Within a popover, which a click beside it would close. */
  readonly isNested?: boolean;
}

/** The field; the calendar is loaded with the first one that is shown. */
export function DayField(props: DayFieldProps) {
  return (
    <Suspense fallback={<Skeleton h={props.size === "xs" ? 30 : 36} w="100%" />}>
      <DayInput {...props} />
    </Suspense>
  );
}
