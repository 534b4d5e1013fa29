import { Box, Group, Stack, Switch, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { request } from "../../base/api/client";
import type { SharedMap } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { ExportMenu } from "../view/ExportMenu";
import { MapDrawing } from "../view/MapDrawing";
import { useAddress } from "../view/useAddress";
import { useThemeName } from "../view/useThemeName";
import classes from "./SharedMapView.module.css";

/** A shared map: its drawing, and what the link allows beside it. */
export function SharedMapView({ token, shared }: { readonly token: string; readonly shared: SharedMap }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const theme = useThemeName();
  const [params, change] = useAddress();
  const measured = shared.measured && params.get("measured") === "1";
  const headers = { "X-Share-Ticket": shared.ticket };
  const base = `/api/shared/${encodeURIComponent(token)}`;
  const address = `${base}/${measured ? "measured" : "drawing"}?theme=${theme}`;
  const drawing = useQuery({
    queryKey: ["shared", token, address],
    queryFn: async ({ signal }) => (await request(address, { headers, signal })).text(),
    placeholderData: (before) => before,
  });
  useDocumentTitle(`${shared.title} · Desireline`);
  return (
    <Stack component="main" className={classes.page} gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={1} size="h3">
          {shared.title}
        </Title>
        <Group gap="sm">
          {shared.measured && (
            <Switch
              label={words.measured}
              checked={measured}
              onChange={(event) => change({ measured: event.currentTarget.checked ? "1" : null })}
            />
          )}
          {shared.downloads && (
            <ExportMenu
              headers={headers}
              address={(ending, picture) =>
                `${base}/${measured && picture ? "measured" : "files"}/${ending}?theme=${theme}`
              }
            />
          )}
        </Group>
      </Group>
      <Box className={classes.drawing}>
        <Asked query={drawing} lines={12}>
          {(svg) => <MapDrawing map={shared.map} svg={svg} />}
        </Asked>
      </Box>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {words.madeWith}
        </Text>
        {shared.expires_at !== null && (
          <Text size="xs" c="dimmed">
            {words.sharedUntil(format.moment(shared.expires_at))}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
