import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { useMay } from "../base/me";

interface BehindLinkProps {
  /** The address at which the journeys are open; undefined where there are none. */
  readonly to: string | undefined;
  /** What a screen reader says of it. */
  readonly label: string;
  readonly children: string;
}

/** A number that opens the journeys behind it in Explore, for those who may see customers. */
export function BehindLink({ to, label, children }: BehindLinkProps) {
  if (!useMay("see_customers") || to === undefined) return children;
  return (
    <Anchor component={Link} to={to} inherit c="inherit" aria-label={label}>
      {children}
    </Anchor>
  );
}
