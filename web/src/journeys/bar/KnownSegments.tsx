import { ActionIcon, Group, NavLink, ScrollArea, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { useMay } from "../../base/me";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { SEGMENTS_KEY, useSegments, useTiedPersonas } from "../asking";
import { journeysWords } from "../journeysWords";

interface KnownSegmentsProps {
  readonly chosen: string | null;
  readonly onChoose: (condition: string) => void;
}

/** The segments that somebody saved, and the personas that are tied to customers; nothing where there are none. */
export function KnownSegments({ chosen, onChoose }: KnownSegmentsProps) {
  const words = useWords(journeysWords);
  const draws = useMay("draw");
  const client = useQueryClient();
  const segments = useSegments().data ?? [];
  const personas = useTiedPersonas().data ?? [];
  const removing = useMutation({
    mutationFn: (number: number) =>
      answer(api.DELETE("/api/journeys/segments/{saved}", { params: { path: { saved: number } } })),
    onSettled: () => askAgain(client, { queryKey: SEGMENTS_KEY }),
  });
  if (segments.length === 0 && personas.length === 0) return null;
  return (
    <ScrollArea.Autosize mah={220} type="auto" offsetScrollbars="y">
      <Stack gap="xs">
        {segments.length > 0 && (
          <Choices title={words.segments.saved}>
            {segments.map((each) => (
              <Group key={each.saved} gap={4} wrap="nowrap">
                <Choice
                  name={each.name}
                  told={each.condition}
                  isChosen={each.condition === chosen}
                  onChoose={() => onChoose(each.condition)}
                />
                {draws && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={words.segments.remove(each.name)}
                    loading={removing.isPending && removing.variables === each.saved}
                    onClick={() => removing.mutate(each.saved)}
                  >
                    <IconTrash size={15} />
                  </ActionIcon>
                )}
              </Group>
            ))}
          </Choices>
        )}
        {personas.length > 0 && (
          <Choices title={words.segments.personas}>
            {personas.map((each) => (
              <Choice
                key={`${each.map ?? ""}/${each.id}`}
                name={each.name}
                told={each.map ?? each.segment}
                isChosen={each.segment === chosen}
                onChoose={() => onChoose(each.segment)}
              />
            ))}
          </Choices>
        )}
        {removing.error !== null && <Failed error={removing.error} />}
      </Stack>
    </ScrollArea.Autosize>
  );
}

function Choices({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={2} role="group" aria-label={title}>
      <Text size="xs" fw={500} c="dimmed">
        {title}
      </Text>
      {children}
    </Stack>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly told: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ name, told, isChosen, onChoose }: ChoiceProps) {
  return (
    <NavLink
      component="button"
      type="button"
      py={4}
      label={name}
      description={told}
      active={isChosen}
      aria-pressed={isChosen}
      onClick={onChoose}
    />
  );
}
