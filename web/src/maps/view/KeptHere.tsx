import { Alert, Anchor, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { unkeptMaps } from "../editor/together/unkept";
import { mapsWords } from "../mapsWords";

/** That this browser keeps changes of a map that the server does not have, from an editor that was closed without the server. */
export function KeptHere({ id }: { readonly id: string }) {
  const words = useWords(mapsWords);
  const mayDraw = useMay("draw");
  if (!unkeptMaps().includes(id)) return null;
  return (
    <Alert color="orange" role="status" mb="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={240}>
          {mayDraw ? words.keptHere : words.keptHereOnly}
        </Text>
        {mayDraw && (
          <Anchor component={Link} to={`/maps/${id}/edit`} size="sm">
            {words.keptHereSend}
          </Anchor>
        )}
      </Group>
    </Alert>
  );
}
