import { Anchor, Group, Text } from "@mantine/core";
import { Fragment } from "react";
import { Link } from "react-router";
import { useWords } from "../../base/words";
import { useLibrary } from "../asking";
import { mapsWords } from "../mapsWords";
import { mapsAbove } from "../relations";

interface BreadcrumbsProps {
  readonly map: string;
  /** Whether the way ends at the map itself, for pages below it. */
  readonly withMap?: true;
}

/** The way from the library down to a map, over the maps that it shows in detail. */
export function Breadcrumbs({ map, withMap }: BreadcrumbsProps) {
  const words = useWords(mapsWords);
  const cards = useLibrary().data?.maps ?? [];
  const own = cards.filter((card) => withMap && card.id === map).map((card) => ({ id: map, step: null, card }));
  const above = [...mapsAbove(cards, map), ...own];
  return (
    <Group component="nav" gap={6} aria-label={words.breadcrumbs}>
      <Anchor component={Link} to="/maps" size="xs" c="dimmed">
        {words.maps}
      </Anchor>
      {above.map(({ id, step, card }) => (
        <Fragment key={id}>
          <Text span size="xs" c="dimmed" aria-hidden>
            /
          </Text>
          {card === undefined ? (
            <Text span size="xs" c="dimmed">
              {words.goneMap(id)}
            </Text>
          ) : (
            <Anchor component={Link} to={`/maps/${id}${step === null ? "" : `?step=${step}`}`} size="xs" c="dimmed">
              {card.title}
            </Anchor>
          )}
        </Fragment>
      ))}
    </Group>
  );
}
