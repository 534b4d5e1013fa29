import { Drawer, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { baseWords } from "../base/baseWords";
import { useFocusBack } from "../base/useFocusBack";
import { useWords } from "../base/words";

interface SettingsDrawerProps {
  readonly title: string;
  /** Whether nothing was changed yet; what was begun is not lost by Escape or a press beside it. */
  readonly isUntouched: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Beside the page: settings to change. */
export function SettingsDrawer({ title, isUntouched, onClose, children }: SettingsDrawerProps) {
  const { close } = useWords(baseWords);
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      closeOnEscape={isUntouched}
      closeOnClickOutside={isUntouched}
      closeButtonProps={{ "aria-label": close }}
      title={<Text fw={620}>{title}</Text>}
    >
      {children}
    </Drawer>
  );
}
