import { Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { Sign } from "../../evidence/Sign";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import classes from "./VersionsPanel.module.css";

/** What a good map has and this one lacks. */
export function ChecksPanel({ map }: { readonly map: string }) {
  const words = useWords(mapsWords);
  const lint = useQuery({
    queryKey: [...MAPS_KEY, "lint", map],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/map/{ident}/lint", { params: { path: { ident: map } }, signal })),
  });
  return (
    <Asked query={lint}>
      {(found) =>
        found.findings.length === 0 ? (
          <Empty icon={<IconCircleCheck size={32} stroke={1.3} />} title={words.noFindings}>
            {words.noFindingsHint}
          </Empty>
        ) : (
          <Stack gap="sm">
            {found.findings.map((each) => (
              <Stack key={each.id} gap={2} className={classes.version} pb="sm">
                <Group gap={6}>
                  <Sign kind={each.severity} />
                  <Text size="xs" c="dimmed">
                    {words.severities[each.severity] ?? each.severity}
                  </Text>
                </Group>
                <Text size="sm" className={classes.label}>
                  {each.message}
                </Text>
                <Text size="xs" c="dimmed">
                  {each.place} – {each.hint}
                </Text>
              </Stack>
            ))}
            {found.silenced.length > 0 && (
              <Text size="xs" c="dimmed">
                {words.silenced(found.silenced.length)}
              </Text>
            )}
          </Stack>
        )
      }
    </Asked>
  );
}
