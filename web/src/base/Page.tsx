import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface PageProps {
  readonly title: string;
  /** One line below the title. */
  readonly lead?: ReactNode;
  /** What can be done with the page, at the right of the title. */
  readonly actions?: ReactNode;
  /** The widest that the page becomes, in pixels. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** The frame of every page: its title, what can be done with it, its content. */
export function Page({ title, lead, actions, width = 1360, children }: PageProps) {
  useDocumentTitle(`${title} · Desireline`);
  return (
    <Box maw={width} mx="auto" w="100%">
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="md">
          <Stack gap={2}>
            <Title order={1} size="h2">
              {title}
            </Title>
            {lead !== undefined && (
              <Text c="dimmed" size="sm" component="div">
                {lead}
              </Text>
            )}
          </Stack>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Box>
  );
}
