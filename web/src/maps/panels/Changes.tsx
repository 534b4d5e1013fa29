import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import type { ChangeAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import { changeText, valueText } from "./changeText";
import classes from "./VersionsPanel.module.css";

/** What a version changed against the one before it, in words; the first one has none before it. */
export function Changes({ map, version }: { readonly map: string; readonly version: number }) {
  const words = useWords(mapsWords);
  const changes = useQuery({
    queryKey: [...MAPS_KEY, "changes", map, version],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/maps/documents/{kind}/{ident}/differences", {
          params: { path: { kind: "map", ident: map }, query: { before: version - 1, after: version } },
          signal,
        }),
      ),
  });
  return (
    <Asked query={changes} lines={2}>
      {(found) =>
        found.changes.length === 0 ? (
          <Note>{words.noChanges}</Note>
        ) : (
          <ul className={classes.changes}>
            {found.changes.map((each, place) => (
              <li key={`${each.action}/${each.what}/${each.id}/${each.field}/${String(place)}`}>
                <Change change={each} />
              </li>
            ))}
          </ul>
        )
      }
    </Asked>
  );
}

/** What belongs to a cell, a step …: it is told with that. */
const BELONGING = new Set(["claim", "touchpoint", "evidence", "value", "scale"]);

/** A difference in words, with what a field was and is. */
export function Change({ change }: { readonly change: ChangeAnswer }) {
  const words = useWords(mapsWords);
  const { number } = useFormat();
  const told = (value: unknown): string =>
    typeof value === "number" ? number(value, 4) : valueText(words, value, change.field);
  return (
    <>
      <Text size="sm" className={classes.change}>
        {changeText(words, change)}
      </Text>
      {BELONGING.has(change.what) && change.place !== "" && (
        <Text size="xs" c="dimmed" className={classes.change}>
          {change.place}
        </Text>
      )}
      {change.action === "changed" && (
        <Text size="xs" c="dimmed" className={classes.change}>
          {words.before}: {told(change.before)} · {words.after}: {told(change.after)}
        </Text>
      )}
    </>
  );
}

function Note({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
