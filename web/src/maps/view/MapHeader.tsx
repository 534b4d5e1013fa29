import { Button, Group, Stack, Switch, Text, Title, Tooltip } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconPencil, IconPresentation } from "@tabler/icons-react";
import { Link } from "react-router";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { chosenFrom } from "../../evidence/asking";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { BesideLink } from "./BesideLink";
import { Breadcrumbs } from "./Breadcrumbs";
import { ExportMenu } from "./ExportMenu";
import { fileAddress } from "./fileAddress";
import { MapMenu } from "./MapMenu";
import { useAddress } from "./useAddress";
import { useThemeName } from "./useThemeName";
import { WhomPopover } from "./WhomPopover";

interface MapHeaderProps {
  readonly id: string;
  readonly version: number;
  readonly savedAt: string;
  readonly outline: MapOutline;
}

/** The title of a map and what can be done with it. */
export function MapHeader({ id, version, savedAt, outline }: MapHeaderProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const draws = useMay("draw");
  const theme = useThemeName();
  const [params, change] = useAddress();
  const measured = params.get("measured") === "1";
  const chosen = chosenFrom(params);
  useDocumentTitle(`${outline.title} · Desireline`);
  return (
    <Group justify="space-between" align="flex-end" gap="sm">
      <Stack gap={0} miw={0}>
        <Breadcrumbs map={id} />
        <Title order={1} size="h3" lh={1.25}>
          {outline.title}
        </Title>
        <Text size="xs" c="dimmed">
          {words.version(version)}, {format.ago(savedAt)}
        </Text>
      </Stack>
      <Group gap="xs">
        <Tooltip label={words.measuredHint}>
          <Switch
            label={words.measured}
            checked={measured}
            onChange={(event) => change({ measured: event.currentTarget.checked ? "1" : null })}
          />
        </Tooltip>
        {(measured || params.get("panel") === "steps") && <WhomPopover personas={outline.personas} />}
        <ExportMenu
          address={(ending, picture) => fileAddress(id, ending, { theme, measured: picture && measured, chosen })}
          table={measured ? (ending) => fileAddress(id, ending, { theme, measured, chosen }) : undefined}
        />
        <BesideLink map={id} future={outline.future} />
        <Button
          component={Link}
          to={`/maps/${id}/present${measured ? "?measured=1" : ""}`}
          variant="default"
          leftSection={<IconPresentation size={16} aria-hidden />}
        >
          {words.present}
        </Button>
        {draws && (
          <>
            <Button component={Link} to={`/maps/${id}/edit`} leftSection={<IconPencil size={16} aria-hidden />}>
              {words.edit}
            </Button>
            <MapMenu id={id} version={version} outline={outline} />
          </>
        )}
      </Group>
    </Group>
  );
}
