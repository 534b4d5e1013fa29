import { NavLink } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { appWords } from "./appWords";
import { DESTINATIONS, type Destination } from "./destinations";

/** The list of pages; those that the person may not open are left out. */
export function Navigation() {
  const words = useWords(appWords);
  const { rights } = useMe();
  const { pathname } = useLocation();
  return (
    <nav aria-label={words.navigation}>
      {DESTINATIONS.filter((each) => rights.includes(each.right)).map((each) => (
        <NavLink
          key={each.path}
          component={Link}
          to={each.path}
          label={words[each.word]}
          leftSection={<each.icon size={18} stroke={1.6} />}
          active={here(each, pathname)}
          aria-current={here(each, pathname) ? "page" : undefined}
          variant="light"
          style={{ borderRadius: "var(--mantine-radius-sm)" }}
        />
      ))}
    </nav>
  );
}

function here({ path, also }: Destination, pathname: string): boolean {
  if (path === "/") return pathname === "/";
  return [path, ...(also ?? [])].some((each) => pathname === each || pathname.startsWith(`${each}/`));
}
