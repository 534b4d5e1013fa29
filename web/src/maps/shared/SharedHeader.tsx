import { Button, Group, Select, Switch, Title } from "@mantine/core";
import type { SharedMap } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { ExportMenu } from "../view/ExportMenu";
import { useAddress } from "../view/useAddress";

interface SharedHeaderProps {
  readonly shared: SharedMap;
  /** The map that is shown. */
  readonly map: string;
  readonly file: (ending: string, picture: boolean) => string;
}

const PANELS = ["comments", "personas"] as const;

/** Which map is shown, and what the link shows beside it. */
export function SharedHeader({ shared, map, file }: SharedHeaderProps) {
  const words = useWords(mapsWords);
  const [params, change] = useAddress();
  const title = shared.maps.find((each) => each.id === map)?.title ?? shared.title;
  return (
    <Group justify="space-between" gap="sm">
      <Title order={1} size="h3">
        {title}
      </Title>
      <Group gap="sm">
        {shared.maps.length > 1 && (
          <Select
            aria-label={words.shownMap}
            allowDeselect={false}
            data={shared.maps.map((each) => ({ value: each.id, label: each.title }))}
            value={map}
            onChange={(chosen) => change({ map: chosen === shared.map ? null : chosen })}
          />
        )}
        {shared.measured && (
          <Switch
            label={words.measured}
            checked={params.get("measured") === "1"}
            onChange={(event) => change({ measured: event.currentTarget.checked ? "1" : null })}
          />
        )}
        {PANELS.filter((each) => shared[each]).map((each) => (
          <Button
            key={each}
            variant={params.get("panel") === each ? "light" : "default"}
            aria-pressed={params.get("panel") === each}
            onClick={() => change({ panel: params.get("panel") === each ? null : each })}
          >
            {words[each]}
          </Button>
        ))}
        {shared.downloads && <ExportMenu headers={{ "X-Share-Ticket": shared.ticket }} address={file} />}
      </Group>
    </Group>
  );
}
