import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPencil } from "@tabler/icons-react";
import { Link } from "react-router";
import type { MapCard } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { CopyItems } from "../copying/CopyItems";
import { mapsWords } from "../mapsWords";
import classes from "./MapCardView.module.css";

/** What can be done with a map of the library, for those who draw. */
export function CardMenu({ card }: { readonly card: MapCard }) {
  const words = useWords(mapsWords);
  const draws = useMay("draw");
  if (!draws) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" className={classes.menu} aria-label={words.actionsOf(card.title)}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={`/maps/${card.id}/edit`} leftSection={<IconPencil size={16} aria-hidden />}>
          {words.edit}
        </Menu.Item>
        <CopyItems id={card.id} title={card.title} state={card.state} future={card.future} />
      </Menu.Dropdown>
    </Menu>
  );
}
