import { Anchor } from "@mantine/core";

/** A link that looks like text until it is pointed at. */
export function QuietLink({ onClick, children }: { readonly onClick: () => void; readonly children: string }) {
  return (
    <Anchor component="button" type="button" c="inherit" fw={550} fz="sm" ta="left" onClick={onClick}>
      {children}
    </Anchor>
  );
}
