import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { HomeMap } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { stalenessKind } from "../evidence/stalenessKind";
import { useMapsToReview } from "./asking";
import { homeWords } from "./homeWords";
import classes from "./Panel.module.css";

/** The maps that somebody has to look at, and why. */
export function MapsToReview() {
  const words = useWords(homeWords);
  const { count } = useFormat();
  const query = useMapsToReview();
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {words.maps}
      </Title>
      <Asked query={query} lines={3}>
        {(found) => {
          if (found.working !== null) return <Loading lines={3} />;
          if (found.total === 0)
            return (
              <Text size="sm" c="dimmed">
                {words.mapsNone}{" "}
                <Anchor component={Link} to="/maps">
                  {words.makeMap}
                </Anchor>
              </Text>
            );
          if (found.maps.length === 0)
            return (
              <Text size="sm" c="dimmed">
                {words.mapsEmpty(count(found.total))}
              </Text>
            );
          return (
            <ul className={classes.list}>
              {found.maps.map((each) => (
                <Entry key={each.id} map={each} />
              ))}
            </ul>
          );
        }}
      </Asked>
    </Stack>
  );
}

function Entry({ map }: { readonly map: HomeMap }) {
  const words = useWords(homeWords);
  const { number } = useFormat();
  const stale =
    map.staleness === null
      ? words.stalenessUnknown
      : `${words.staleness[stalenessKind(map.staleness)]} ${number(map.staleness, 2)}`;
  return (
    <li>
      <Anchor component={Link} to={`/maps/${map.id}`} c="inherit" fw={600} size="sm">
        {map.title}
      </Anchor>
      <Text size="xs" c="dimmed" className="numbers">
        {[stale, ...(map.owner === null ? [] : [words.owner(map.owner)])].join(" · ")}
      </Text>
      {map.reasons.map((each) => (
        <Reason key={`${each.kind} ${each.message}`} lead={words.reason[each.kind]} message={each.message} />
      ))}
    </li>
  );
}

/** What is wrong, then the details; where there is no lead the message says all. */
function Reason({ lead, message }: { readonly lead: string | undefined; readonly message: string }) {
  if (lead === undefined) return <Text size="xs">{message.charAt(0).toUpperCase() + message.slice(1)}</Text>;
  return (
    <Text size="xs">
      {lead}:{" "}
      <Text span inherit c="dimmed">
        {message}
      </Text>
    </Text>
  );
}
