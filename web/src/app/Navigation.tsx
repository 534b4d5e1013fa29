import { NavLink, Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { useMentions } from "../maps/mentions";
import { appWords } from "./appWords";
import { DESTINATIONS, type Destination } from "./destinations";
import type { AppWords } from "./words.en";

/** The list of pages; those that the person may not open are left out. Beside maps: how many comments name the person. */
export function Navigation() {
  const words = useWords(appWords);
  const { rights } = useMe();
  const { pathname } = useLocation();
  const mentions = useMentions().data?.comments.length ?? 0;
  return (
    <nav aria-label={words.navigation}>
      {DESTINATIONS.filter((each) => rights.includes(each.right)).map((each) => (
        <NavLink
          key={each.path}
          component={Link}
          to={each.path}
          label={words[each.word]}
          leftSection={<each.icon size={18} stroke={1.6} />}
          {...(each.path === "/maps" && mentions > 0 && mentioned(words, mentions))}
          active={here(each, pathname)}
          aria-current={here(each, pathname) ? "page" : undefined}
          variant="light"
          style={{ borderRadius: "var(--mantine-radius-sm)" }}
        />
      ))}
    </nav>
  );
}

function mentioned(words: AppWords, mentions: number) {
  return {
    "aria-label": words.mapsWithMentions(mentions),
    rightSection: (
      <Text span size="xs" fw={600} c="path" className="numbers" title={words.mentions(mentions)}>
        {mentions}
      </Text>
    ),
  };
}

function here({ path, also }: Destination, pathname: string): boolean {
  if (path === "/") return pathname === "/";
  return [path, ...(also ?? [])].some((each) => pathname === each || pathname.startsWith(`${each}/`));
}
