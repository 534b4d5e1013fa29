import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconInfoCircle } from "@tabler/icons-react";
import classes from "./Sign.module.css";

const ICONS = {
  good: IconCircleCheck,
  attention: IconAlertTriangle,
  bad: IconCircleX,
  unknown: IconHelpCircle,
  error: IconCircleX,
  warning: IconAlertTriangle,
  note: IconInfoCircle,
  unchecked: IconHelpCircle,
} as const;

/** The sign of how good something is or how bad a finding; its word stands beside it. */
export function Sign({ kind }: { readonly kind: string }) {
  const known = kind in ICONS ? (kind as keyof typeof ICONS) : "unknown";
  const Icon = ICONS[known];
  return <Icon className={classes.sign} data-kind={known} size={15} stroke={1.8} aria-hidden />;
}
