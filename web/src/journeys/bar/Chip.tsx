import { ActionIcon, Button, Group, Popover, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { byEscape } from "../../base/byEscape";
import classes from "./Chip.module.css";

interface ChipProps {
  readonly label: string;
  /** What is chosen, in words. */
  readonly value: string;
  readonly isSet: boolean;
  /** Whether the choice says nothing at the moment. */
  readonly isMuted?: boolean;
  readonly width?: number;
  readonly clear?: { readonly label: string; readonly onClear: () => void } | undefined;
  /** What is chosen from; called with what closes it. */
  readonly children: (close: () => void) => ReactNode;
}

/** One choice of the bar: what is chosen, and on a press what else there is. */
export function Chip({ label, value, isSet, isMuted = false, width = 320, clear, children }: ChipProps) {
  const [opened, { toggle, close, open }] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onChange={(next) => (next ? open() : close())}
      width={`min(${String(width)}px, calc(100vw - 32px))`}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      closeOnEscape={false}
      withinPortal
    >
      <Group gap={0} wrap="nowrap" className={classes.chip} data-set={(isSet && !isMuted) || undefined}>
        <Popover.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            className={classes.button}
            onClick={toggle}
            rightSection={<IconChevronDown size={13} />}
          >
            <Text span size="xs" c="dimmed" mr={6}>
              {label}
            </Text>
            <Text span size="sm" truncate maw={240} {...(isMuted ? { c: "dimmed" } : {})}>
              {value}
            </Text>
          </Button>
        </Popover.Target>
        {isSet && clear !== undefined && (
          <ActionIcon size="xs" mr={5} variant="subtle" color="gray" aria-label={clear.label} onClick={clear.onClear}>
            <IconX size={12} />
          </ActionIcon>
        )}
      </Group>
      <Popover.Dropdown p="sm" onKeyDown={byEscape(close)}>
        {opened && children(close)}
      </Popover.Dropdown>
    </Popover>
  );
}
