import type { KeyboardEvent, ReactNode } from "react";
import { useMay } from "../../base/me";
import { useShowBehind } from "../behind/showing";

interface PartProps {
  /** What it says, for those who point at it and those who do not see it. */
  readonly text: string;
  readonly className?: string | undefined;
  readonly behind?: string | undefined;
  readonly onPoint: (text: string) => void;
  readonly children: ReactNode;
}

/** A part of a picture: pointed at it says its numbers, opened it shows the journeys behind them. */
export function Part({ text, className, behind, onPoint, children }: PartProps) {
  const show = useShowBehind();
  const opens = useMay("see_customers") && behind !== undefined;
  const told = {
    role: opens ? "button" : "img",
    className,
    "aria-label": text,
    onMouseEnter: () => onPoint(text),
    onMouseLeave: () => onPoint(""),
    onFocus: () => onPoint(text),
    onBlur: () => onPoint(""),
  };
  if (!opens) return <g {...told}>{children}</g>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is that of a button
    <g
      {...told}
      tabIndex={0}
      aria-haspopup="dialog"
      data-opens
      onClick={() => show(behind)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        show(behind);
      }}
    >
      {children}
    </g>
  );
}
