import { Box, Group, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { MapDrawing } from "../view/MapDrawing";
import { useAddress } from "../view/useAddress";
import { useThemeName } from "../view/useThemeName";
import { SharedHeader } from "./SharedHeader";
import classes from "./SharedMapView.module.css";
import { SharedPanel } from "./SharedPanel";
import { type OpenedLink, sharedAddress, useShared } from "./useShared";

/** A shared map: its drawing, and what the link allows beside it. */
export function SharedMapView(link: OpenedLink) {
  const { token, shared } = link;
  const words = useWords(mapsWords);
  const format = useFormat();
  const theme = useThemeName();
  const [params] = useAddress();
  const shown = shared.maps.find((each) => each.id === params.get("map")) ?? shared.maps[0];
  const map = shown?.id ?? shared.map;
  const measured = shared.measured && params.get("measured") === "1";
  const address = sharedAddress(token, measured ? "measured" : "drawing", { map, theme });
  const drawing = useShared(link, address, (answer) => answer.text());
  useDocumentTitle(`${shown?.title ?? shared.title} · Desireline`);
  return (
    <Stack component="main" className={classes.page} gap="sm">
      <SharedHeader
        shared={shared}
        map={map}
        file={(ending, picture) =>
          sharedAddress(token, `${measured && picture ? "measured" : "files"}/${ending}`, { map, theme })
        }
      />
      <Box className={classes.body}>
        <Box className={classes.drawing}>
          <Asked query={drawing} lines={12}>
            {(svg) => <MapDrawing map={map} svg={svg} />}
          </Asked>
        </Box>
        <SharedPanel link={link} map={map} />
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
