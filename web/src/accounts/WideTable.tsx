import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface WideTableProps {
  readonly label: string;
  /** In pixels; where there is less room it is moved sideways, with the keyboard too. */
  readonly width: number;
  readonly children: ReactNode;
}

/** A table that does not become narrower than can be read. */
export function WideTable({ label, width, children }: WideTableProps) {
  return (
    <Table.ScrollContainer type="native" pos="relative" minWidth={width} tabIndex={0} role="region" aria-label={label}>
      <Table>{children}</Table>
    </Table.ScrollContainer>
  );
}
