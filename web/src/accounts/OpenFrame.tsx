import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Above } from "../base/Above";
import { useChooseLanguage } from "../base/language";
import { LANGUAGES, useLanguage } from "../base/words";
import classes from "./OpenFrame.module.css";

interface OpenFrameProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of pages for which nobody has to be signed in: the name of the program, one panel, the languages. */
export function OpenFrame({ title, lead, children }: OpenFrameProps) {
  useDocumentTitle(`${title} · Desireline`);
  return (
    <main className={classes.page}>
      <Stack w="100%" maw={400} gap="lg">
        <Group gap="xs" justify="center">
          <img src="/icon.svg" width={28} height={28} alt="" />
          <Text fw={650} size="lg">
            Desireline
          </Text>
        </Group>
        <Paper p={{ base: "md", xs: "xl" }} radius="md">
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              {lead !== undefined && (
                <Text c="dimmed" size="sm" mt={4}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <Languages />
      </Stack>
      <Above />
    </main>
  );
}

function Languages() {
  const language = useLanguage();
  const choose = useChooseLanguage();
  return (
    <Group justify="center" gap={4}>
      {LANGUAGES.map((each) => (
        <Button
          key={each.code}
          lang={each.code}
          size="compact-xs"
          variant={each.code === language ? "light" : "subtle"}
          color="gray"
          aria-pressed={each.code === language}
          onClick={() => choose(each.code)}
        >
          {each.name}
        </Button>
      ))}
    </Group>
  );
}
