import { Group, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { Link } from "react-router";
import type { FoundCustomerAnswer, SearchAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { identityWords, typeName } from "./identityWords";
import classes from "./SearchResults.module.css";

interface SearchResultsProps {
  readonly query: UseQueryResult<SearchAnswer>;
  readonly onOpen: (customer: string) => void;
  /** Called where the arrow key leaves the list at its top. */
  readonly onLeave: () => void;
}

/** The customers that were found; arrow keys go through them. */
export function SearchResults({ query, onOpen, onLeave }: SearchResultsProps) {
  const words = useWords(identityWords);
  const format = useFormat();
  return (
    <Asked query={query} lines={4}>
      {(found) =>
        found.customers.length === 0 ? (
          <Empty title={words.nothingFound}>{words.nothingFoundHint}</Empty>
        ) : (
          <Stack gap="xs" maw={640}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" c="dimmed" role="status">
                {found.more
                  ? words.foundMore(format.count(found.customers.length))
                  : words.found(format.count(found.customers.length))}
              </Text>
              {typeof found.taken_for === "string" && (
                <Text size="xs" c="dimmed">
                  {words.takenFor[found.taken_for] ?? words.takenForType(typeName(words, found.taken_for))}
                </Text>
              )}
            </Group>
            <ul className={classes.list} onKeyDown={(event) => move(event, onLeave)}>
              {found.customers.map((each) => (
                <Result key={each.customer} found={each} onOpen={onOpen} />
              ))}
            </ul>
          </Stack>
        )
      }
    </Asked>
  );
}

function Result({
  found,
  onOpen,
}: {
  readonly found: FoundCustomerAnswer;
  readonly onOpen: SearchResultsProps["onOpen"];
}) {
  const words = useWords(identityWords);
  const format = useFormat();
  return (
    <li>
      <Link
        to={`/customers/${found.customer}`}
        className={classes.result}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen(found.customer);
        }}
      >
        <span className={classes.matches}>
          {found.matches.map((match) => (
            <span key={match.number}>
              <Text component="span" size="xs" c="dimmed">
                {typeName(words, match.type)}{" "}
              </Text>
              {match.value}
            </span>
          ))}
        </span>
        <Text component="span" size="xs" c="dimmed" className={classes.count}>
          {words.identifiersInAll(format.count(found.identifiers))}
        </Text>
      </Link>
    </li>
  );
}

function move(event: KeyboardEvent<HTMLElement>, onLeave: () => void) {
  const links = [...event.currentTarget.querySelectorAll("a")];
  const here = links.findIndex((link) => link.matches(":focus"));
  if (event.key === "Escape" || (event.key === "ArrowUp" && here <= 0)) {
    event.preventDefault();
    onLeave();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    links[here + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
}
