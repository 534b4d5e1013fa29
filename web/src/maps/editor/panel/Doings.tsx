import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useEditor } from "../EditorContext";

/** Something that can be done with what is selected. */
export interface Doing {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

/** What can be done with what is selected. */
export function Doings({ doings }: { readonly doings: readonly Doing[] }) {
  const { mayWrite } = useEditor();
  if (!mayWrite) return null;
  return (
    <Group gap={4}>
      {doings.map(({ label, icon, onClick }) => (
        <Button key={label} size="compact-xs" variant="default" leftSection={icon} onClick={onClick}>
          {label}
        </Button>
      ))}
    </Group>
  );
}
