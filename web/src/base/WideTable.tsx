import { Table, type TableProps } from "@mantine/core";
import { Sideways } from "./Sideways";

interface WideTableProps extends TableProps {
  /** In pixels; where there is less room it is moved sideways. */
  readonly width: number;
  readonly label?: string;
}

/** A table that does not become narrower than can be read. */
export function WideTable({ label, width, ...table }: WideTableProps) {
  return (
    <Sideways {...(label !== undefined && { role: "region", "aria-label": label })}>
      <Table miw={width} {...table} />
    </Sideways>
  );
}
