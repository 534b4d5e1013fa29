import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** The level of its heading: 1 where it is the whole page. */
  readonly order?: 1 | 2 | 3;
  readonly children?: ReactNode;
}

/** Nothing is here yet: why, and what to do next. */
export function Empty(props: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={64} px="md" ta="center">
      <Text c="dimmed" component="div" aria-hidden>
        {props.icon}
      </Text>
      <Title order={props.order ?? 2} size="h4">
        {props.title}
      </Title>
      <Text c="dimmed" size="sm" maw={460} component="div">
        {props.children}
      </Text>
    </Stack>
  );
}
