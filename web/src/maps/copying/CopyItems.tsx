import { Menu } from "@mantine/core";
import { IconArrowForwardUp, IconColumns2, IconCopy } from "@tabler/icons-react";
import { Link } from "react-router";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useLibrary } from "../asking";
import { mapsWords } from "../mapsWords";
import { currentOf } from "../relations";
import { useCopyMap } from "./useCopyMap";

interface CopyItemsProps {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly future: string | null | undefined;
}

/** In the menu of a map: duplicate it, draw its future state, or look at both beside each other. */
export function CopyItems({ id, title, state, future }: CopyItemsProps) {
  const words = useWords(mapsWords);
  const draws = useMay("draw");
  const copy = useCopyMap(id, title);
  const cards = useLibrary().data?.maps ?? [];
  const hasFuture = cards.some((each) => each.id === future);
  const current = hasFuture ? id : currentOf(cards, id)?.id;
  return (
    <>
      {current !== undefined && (
        <Menu.Item component={Link} to={`/maps/${current}/beside`} leftSection={<IconColumns2 size={16} aria-hidden />}>
          {words.beside}
        </Menu.Item>
      )}
      {draws && (
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy.mutate("copy")}>
          {words.duplicate}
        </Menu.Item>
      )}
      {draws && state !== "future" && !hasFuture && (
        <Menu.Item leftSection={<IconArrowForwardUp size={16} aria-hidden />} onClick={() => copy.mutate("future")}>
          {words.drawFuture}
        </Menu.Item>
      )}
    </>
  );
}
