import { ActionIcon, Button, Group, Popover, Text, VisuallyHidden } from "@mantine/core";
import { IconUsers, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { byEscape } from "../base/byEscape";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { homeWords } from "./homeWords";

const SegmentChoices = lazy(async () => ({
  default: (await import("../journeys/bar/SegmentChoices")).SegmentChoices,
}));
const SegmentName = lazy(async () => ({ default: (await import("../journeys/bar/SegmentName")).SegmentName }));

interface SegmentPickerProps {
  /** Its condition; empty: everybody. */
  readonly segment: string;
  readonly onChoose: (segment: string) => void;
}

/** Of which customers the key figures are; what it is chosen from is loaded when it is opened. */
export function SegmentPicker({ segment, onChoose }: SegmentPickerProps) {
  const words = useWords(homeWords);
  const [opened, setOpened] = useState(false);
  const isSet = segment !== "";
  return (
    <Group gap={0} wrap="nowrap">
      <Popover
        opened={opened}
        onChange={setOpened}
        width="min(500px, calc(100vw - 32px))"
        position="bottom-end"
        shadow="md"
        trapFocus
        returnFocus
        closeOnEscape={false}
      >
        <Popover.Target>
          <Button
            variant={isSet ? "light" : "subtle"}
            color={isSet ? "path" : "gray"}
            size="xs"
            leftSection={<IconUsers size={15} stroke={1.7} />}
            onClick={() => setOpened(!opened)}
          >
            <VisuallyHidden>{`${words.segment} `}</VisuallyHidden>
            <Text span inherit truncate maw={220}>
              {isSet ? (
                <Suspense fallback={segment}>
                  <SegmentName text={segment} />
                </Suspense>
              ) : (
                words.everybody
              )}
            </Text>
          </Button>
        </Popover.Target>
        <Popover.Dropdown p="sm" onKeyDown={byEscape(() => setOpened(false))}>
          {opened && (
            <Suspense fallback={<Loading lines={3} />}>
              <SegmentChoices
                text={isSet ? segment : null}
                onChoose={(chosen) => {
                  onChoose(chosen);
                  setOpened(false);
                }}
              />
            </Suspense>
          )}
        </Popover.Dropdown>
      </Popover>
      {isSet && (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={words.ofEverybody} onClick={() => onChoose("")}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}
