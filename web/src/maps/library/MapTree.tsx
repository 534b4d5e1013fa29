import { Badge, Group, Text } from "@mantine/core";
import { IconCornerDownRight } from "@tabler/icons-react";
import { Link } from "react-router";
import type { MapCard } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { levelName, stateName } from "../names";
import { mapsBelow, treeOfMaps } from "../relations";
import { CardMenu } from "./CardMenu";
import classes from "./MapTree.module.css";

interface MapTreeProps {
  readonly all: readonly MapCard[];
  readonly shown: readonly MapCard[];
}

/** The maps below each other: life cycles, their journeys, the service transactions of those. */
export function MapTree({ all, shown }: MapTreeProps) {
  const words = useWords(mapsWords);
  const wanted = new Set(shown.map((each) => each.id));
  return (
    <ul className={classes.tree} aria-label={words.maps}>
      {treeOfMaps(all)
        .filter(({ card }) => wanted.has(card.id))
        .map(({ card, depth }) => (
          <li key={card.id} className={classes.branch} style={{ paddingInlineStart: `${String(8 + depth * 22)}px` }}>
            {depth > 0 && <IconCornerDownRight size={15} className={classes.corner} aria-hidden />}
            <Link to={`/maps/${card.id}`} className={classes.title}>
              {card.title}
            </Link>
            <Group gap={6} justify="flex-end" className={classes.facts}>
              <Text size="xs" c="dimmed" visibleFrom="xs">
                {words.phasesSteps(card.phases, card.steps)}
              </Text>
              <Below count={mapsBelow(all, card.id).length} />
              <Badge variant="default" size="sm" tt="none" fw={500}>
                {levelName(words, card.level)}
              </Badge>
              {card.state === "future" && (
                <Badge variant="light" size="sm" tt="none">
                  {stateName(words, card.state)}
                </Badge>
              )}
              <div className={classes.menu}>
                <CardMenu card={card} />
              </div>
            </Group>
          </li>
        ))}
    </ul>
  );
}

function Below({ count }: { readonly count: number }) {
  const words = useWords(mapsWords);
  if (count === 0) return null;
  return (
    <Text size="xs" c="dimmed" visibleFrom="sm">
      {words.belowOf(count)}
    </Text>
  );
}
