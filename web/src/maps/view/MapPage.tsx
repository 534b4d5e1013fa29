import { Alert, Anchor, Box, Button, Group, Text } from "@mantine/core";
import { useParams } from "react-router";
import { useMay } from "../../base/me";
import { Asked } from "../../base/states/Asked";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { chosenFrom } from "../../evidence/asking";
import { useDocument } from "../asking";
import { mapsWords } from "../mapsWords";
import { PanelTabs, panelNamed } from "../panels/PanelTabs";
import { type About, aboutName } from "../panels/threads";
import { type MapOutline, readOutline } from "../readMap";
import { CommentMarks } from "./CommentMarks";
import { DetailMarks } from "./DetailMarks";
import { KeptHere } from "./KeptHere";
import { MapDrawing } from "./MapDrawing";
import { MapHeader } from "./MapHeader";
import classes from "./MapPage.module.css";
import { useAddress } from "./useAddress";
import { useDrawing } from "./useDrawing";
import { useThemeName } from "./useThemeName";

/** A map: its drawing with or without what was measured, and beside it all that belongs to it. */
export function Component() {
  const { id = "" } = useParams();
  const document = useDocument("map", id);
  return (
    <Asked query={document} lines={12} isPage>
      {(found) => <Opened id={id} version={found.version} savedAt={found.saved_at} outline={readOutline(found.tree)} />}
    </Asked>
  );
}

interface OpenedProps {
  readonly id: string;
  readonly version: number;
  readonly savedAt: string;
  readonly outline: MapOutline;
}

function Opened({ id, version, savedAt, outline }: OpenedProps) {
  const [params, change] = useAddress();
  const panel = panelNamed(params.get("panel"), useMay("draw"));
  return (
    <Box className={classes.page}>
      <MapHeader id={id} version={version} savedAt={savedAt} outline={outline} />
      <KeptHere id={id} />
      <Box className={classes.body} data-panel={panel !== null}>
        <Box className={classes.drawing}>
          <Drawing id={id} outline={outline} />
        </Box>
        <PanelTabs
          id={id}
          version={version}
          outline={outline}
          panel={panel}
          onPanel={(name) => change({ panel: name, about: null, ...(name === "steps" ? {} : { step: null }) })}
        />
      </Box>
    </Box>
  );
}

function Drawing({ id, outline }: { readonly id: string; readonly outline: MapOutline }) {
  const words = useWords(mapsWords);
  const [params, change] = useAddress();
  const measured = params.get("measured") === "1";
  const shown = params.get("version") ?? undefined;
  const query = useDrawing({
    map: id,
    theme: useThemeName(),
    measured,
    chosen: chosenFrom(params),
    version: shown,
    titled: false,
  });
  const openComments = (about: About): void =>
    change({ panel: "comments", about: aboutName(about), step: about.kind === "step" ? about.id : null });
  return (
    <>
      {shown !== undefined && (
        <Alert p="xs" mb="xs" color="blue">
          <Group gap="xs">
            <Text size="sm">{words.version(Number(shown))}</Text>
            <Anchor component="button" size="sm" onClick={() => change({ version: null })}>
              {words.backToNewest}
            </Anchor>
          </Group>
        </Alert>
      )}
      {query.error !== null && measured ? (
        <Alert color="orange" title={words.notMeasured} role="alert">
          <Text size="sm" mb="sm">
            {query.error.message}
          </Text>
          <Button size="xs" onClick={() => change({ measured: null })}>
            {words.showPlain}
          </Button>
        </Alert>
      ) : query.error !== null ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Asked query={query} lines={12}>
          {(svg) => (
            <Box className={classes.picture} data-old={query.isPlaceholderData} aria-busy={query.isFetching}>
              <MapDrawing
                map={id}
                svg={svg}
                step={params.get("step") ?? undefined}
                onPlace={(place) => {
                  if (params.get("panel") === "comments") openComments(place);
                  else if (place.kind === "step") change({ panel: "steps", step: place.id });
                }}
              >
                {shown === undefined && <CommentMarks map={id} svg={svg} outline={outline} onOpen={openComments} />}
                {shown === undefined && <DetailMarks map={id} svg={svg} outline={outline} />}
              </MapDrawing>
            </Box>
          )}
        </Asked>
      )}
    </>
  );
}
