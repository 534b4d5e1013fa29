import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import type { MapLink } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import { ShareForm } from "./ShareForm";
import classes from "./ThreadView.module.css";

interface SharePanelProps {
  readonly map: string;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

/** Links to the map for people without an account: made, listed, taken back. */
export function SharePanel({ map, onUnsaved }: SharePanelProps) {
  const words = useWords(mapsWords);
  const shares = useQuery({
    queryKey: [...MAPS_KEY, "shares", map],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/map/{ident}/shares", { params: { path: { ident: map } }, signal })),
  });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {words.shareLead}
      </Text>
      <ShareForm map={map} onUnsaved={onUnsaved} />
      <Asked query={shares} lines={3}>
        {(found) =>
          found.shares.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.noLinks}
            </Text>
          ) : (
            <Stack gap="sm">
              {found.shares.map((each) => (
                <Shared key={each.share} share={each} />
              ))}
            </Stack>
          )
        }
      </Asked>
    </Stack>
  );
}

function Shared({ share }: { readonly share: MapLink }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => answer(api.DELETE("/api/maps/shares/{number}", { params: { path: { number: share.share } } })),
    onSuccess: async () => {
      await askAgain(client, { queryKey: MAPS_KEY });
      notifications.show({ message: words.revoked });
    },
  });
  const ends = share.expires_at === null ? "" : words.endsOn(format.moment(share.expires_at));
  const opened = share.opened_at === null ? words.neverOpened : words.opened(share.opened, format.ago(share.opened_at));
  return (
    <Stack gap={4} className={classes.thread}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} className={classes.text}>
          {share.label || words.unnamed}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          {words.revoke}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {[share.made_by, format.day(share.made_at), share.ended ? words.ended : ends, opened]
          .filter(Boolean)
          .join(", ")}
      </Text>
      <Group gap={4}>
        {[
          share.has_password ? words.hasPassword : "",
          share.measured ? words.showsMeasured : "",
          share.comments ? words.showsComments : "",
          share.personas ? words.showsPersonas : "",
          share.below ? words.showsBelow : "",
          share.downloads ? words.allowsDownloads : "",
        ]
          .filter(Boolean)
          .map((each) => (
            <Badge key={each} size="sm" variant="default" tt="none" fw={500}>
              {each}
            </Badge>
          ))}
      </Group>
      {revoke.error !== null && <Failed error={revoke.error} />}
    </Stack>
  );
}
