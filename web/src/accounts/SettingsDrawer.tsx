import { Drawer, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { useUnsaved } from "../base/unsaved/useUnsaved";
import { useFocusBack } from "../base/useFocusBack";
import { useWords } from "../base/words";

interface SettingsDrawerProps {
  readonly title: string;
  /** Whether something was changed: then it asks before it closes. */
  readonly isUnsaved: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const HELD_BY = ["change", "of"];

/** Beside the page: settings to change. */
export function SettingsDrawer({ title, isUnsaved, onClose, children }: SettingsDrawerProps) {
  const base = useWords(baseWords);
  useFocusBack();
  const { ask, guard } = useUnsaved(isUnsaved, HELD_BY);
  const close = (): void => ask(onClose);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      closeOnEscape={false}
      onKeyDown={byEscape(close)}
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{title}</Text>}
    >
      {children}
      {guard}
    </Drawer>
  );
}
