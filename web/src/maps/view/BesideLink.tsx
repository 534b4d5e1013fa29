import { ActionIcon, Tooltip } from "@mantine/core";
import { IconColumns2 } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWords } from "../../base/words";
import { useLibrary } from "../asking";
import { mapsWords } from "../mapsWords";
import { currentOf } from "../relations";

/** From a map, or from its future state, to both beside each other; nothing where there is only one. */
export function BesideLink({ map, future }: { readonly map: string; readonly future: string | undefined }) {
  const words = useWords(mapsWords);
  const cards = useLibrary().data?.maps ?? [];
  const current = cards.some((each) => each.id === future) ? map : currentOf(cards, map)?.id;
  if (current === undefined) return null;
  return (
    <Tooltip label={words.beside}>
      <ActionIcon component={Link} to={`/maps/${current}/beside`} variant="default" size={36} aria-label={words.beside}>
        <IconColumns2 size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
