import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import type { VersionRow } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { Asked } from "../../base/states/Asked";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY, useVersions } from "../asking";
import { mapsWords } from "../mapsWords";
import { useAddress } from "../view/useAddress";
import { Changes } from "./Changes";
import classes from "./VersionsPanel.module.css";

/** All versions of a map, what each changed, and a way back to any of them. */
export function VersionsPanel({ map, newest }: { readonly map: string; readonly newest: number }) {
  const [params, change] = useAddress();
  const versions = useVersions("map", map);
  const opened = params.get("compare");
  return (
    <Asked query={versions}>
      {(found) => (
        <ol className={classes.list}>
          {found.versions.map((each) => (
            <li key={each.version}>
              <Version
                map={map}
                row={each}
                isNewest={each.version === newest}
                isOpen={opened === String(each.version)}
                onOpen={(open) => change({ compare: open ? String(each.version) : null })}
              />
            </li>
          ))}
        </ol>
      )}
    </Asked>
  );
}

interface VersionProps {
  readonly map: string;
  readonly row: VersionRow;
  readonly isNewest: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
}

function Version({ map, row, isNewest, isOpen, onOpen }: VersionProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const draws = useMay("draw");
  const [params, change] = useAddress();
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/maps/documents/{kind}/{ident}/restore", {
          params: { path: { kind: "map", ident: map } },
          body: { version: row.version },
        }),
      ),
    onSuccess: async (saved) => {
      change({ version: null });
      await askAgain(client, { queryKey: MAPS_KEY });
      notifications.show({ message: words.restored(saved.version), color: "teal" });
    },
  });
  const merged = row.based_on !== null && row.based_on !== row.version - 1 && row.version > 1;
  return (
    <Stack gap={4} py="xs" className={classes.version} data-shown={params.get("version") === String(row.version)}>
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Text size="sm" fw={600}>
          {words.version(row.version)}
        </Text>
        {isNewest && (
          <Badge size="sm" variant="light" tt="none">
            {words.newest}
          </Badge>
        )}
        {row.deleted && (
          <Badge size="sm" variant="light" color="red" tt="none">
            {words.deletedHere}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {row.author}, {format.moment(row.saved_at)}
        {merged && `, ${words.mergedOf(row.based_on ?? 0)}`}
      </Text>
      {row.label !== null && (
        <Text size="sm" className={classes.label}>
          {row.label}
        </Text>
      )}
      <Group gap={4}>
        {row.version > 1 && !row.deleted && (
          <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
            {words.changesIn(row.version)}
          </Button>
        )}
        {!isNewest && !row.deleted && (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => change({ version: String(row.version) })}>
              {words.show}
            </Button>
            {draws && (
              <Button size="compact-xs" variant="subtle" loading={restore.isPending} onClick={() => restore.mutate()}>
                {words.restore}
              </Button>
            )}
          </>
        )}
      </Group>
      {restore.error !== null && <Failed error={restore.error} />}
      {isOpen && row.version > 1 && !row.deleted && <Changes map={map} version={row.version} />}
    </Stack>
  );
}
