import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a settings page with its heading. */
export function Section({ title, lead, actions, children }: SectionProps) {
  return (
    <Stack component="section" gap="sm">
      <Group justify="space-between" align="flex-end" gap="xs">
        <div>
          <Title order={2} size="h5">
            {title}
          </Title>
          {lead !== undefined && (
            <Text size="sm" c="dimmed" maw={640}>
              {lead}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Stack>
  );
}
