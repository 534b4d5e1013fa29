import { Anchor, List, Stack, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { Link } from "react-router";
import type { Upload } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { useForgetAll } from "./asking";
import { OutcomeCounts } from "./OutcomeCounts";
import { sourcesWords } from "./sourcesWords";

/** What was imported, and what to do next. */
export function ImportDone({ upload }: { readonly upload: Upload }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const forgetAll = useForgetAll();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each import that ends
  useEffect(forgetAll, [upload.id]);
  const outcome = upload.outcome ?? undefined;
  if (outcome === undefined) return null;
  const links = [
    ...(outcome.quarantined > 0
      ? [[`/data/quarantine?source=${outcome.source}`, words.nextMend(format.count(outcome.quarantined))] as const]
      : []),
    ["/explore", words.nextExplore] as const,
    ["/data/names", words.nextNames] as const,
    ["/data", words.nextSources] as const,
    ["/data/import", words.nextAnother] as const,
  ];
  return (
    <Stack gap="lg">
      <div>
        <Title order={3} size="h5" tabIndex={-1}>
          {words.doneTitle}
        </Title>
        <Text>{words.doneText(format.count(outcome.stored), outcome.source)}</Text>
      </div>
      <OutcomeCounts outcome={outcome} />
      {outcome.quarantined > 0 && (
        <Text size="xs" c="dimmed">
          {words.sameWaitOnce}
        </Text>
      )}
      <section>
        <Title order={4} size="h6" mb={6}>
          {words.next}
        </Title>
        <List size="sm" spacing={4}>
          {links.map(([to, label]) => (
            <List.Item key={to}>
              <Anchor component={Link} to={to} fz="sm">
                {label}
              </Anchor>
            </List.Item>
          ))}
        </List>
      </section>
    </Stack>
  );
}
