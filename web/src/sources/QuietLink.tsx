import { Anchor } from "@mantine/core";

/** It opens something beside the page, and looks like text until it is pointed at. */
export function QuietLink({ onClick, children }: { readonly onClick: () => void; readonly children: string }) {
  return (
    <Anchor
      component="button"
      type="button"
      c="inherit"
      fw={550}
      fz="sm"
      ta="left"
      aria-haspopup="dialog"
      onClick={onClick}
    >
      {children}
    </Anchor>
  );
}
