import { SimpleGrid, Stack, Title } from "@mantine/core";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { MapDrawing } from "../view/MapDrawing";
import { useDrawing } from "../view/useDrawing";
import { useThemeName } from "../view/useThemeName";
import classes from "./beside.module.css";

/** Both maps as they are drawn. */
export function Drawings({ now, later }: { readonly now: DocumentAnswer; readonly later: DocumentAnswer }) {
  const words = useWords(mapsWords);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Drawn map={now.id} title={words.states.current} />
      <Drawn map={later.id} title={words.states.future} />
    </SimpleGrid>
  );
}

function Drawn({ map, title }: { readonly map: string; readonly title: string }) {
  const drawing = useDrawing({ map, theme: useThemeName(), measured: false });
  return (
    <Stack gap="xs" miw={0}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <div className={classes.drawing}>
        <Asked query={drawing} lines={10}>
          {(svg) => <MapDrawing map={map} svg={svg} />}
        </Asked>
      </div>
    </Stack>
  );
}
