import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import type { SpotlightActionData } from "@mantine/spotlight";
import {
  IconArrowsDiff,
  IconFileImport,
  IconLogout,
  IconMapPlus,
  IconMessagePlus,
  IconMoon,
  IconRoute,
  IconSun,
  IconUserPlus,
} from "@tabler/icons-react";
import { useLocation, useNavigate } from "react-router";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { COMPARED_BY, isQuestion, SECOND_GROUP } from "../journeys/questions";
import { actionWords } from "./actionWords";
import { appWords } from "./appWords";
import type { Destination } from "./destinations";
import { useSignOut } from "./useSignOut";

interface Action {
  readonly id: string;
  readonly label: string;
  readonly told?: string;
  readonly icon: Destination["icon"];
  /** The rights that it needs, all of them. */
  readonly rights: readonly string[];
  /** Whether there is something to do it with. */
  readonly isHere?: boolean;
  readonly act: () => void;
}

/** What can be done from anywhere by whoever is signed in, for the palette. */
export function useActions(): SpotlightActionData[] {
  const words = useWords(actionWords);
  const { rights } = useMe();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const to = (address: string) => () => void navigate(address);
  const compared = comparing(pathname, search);
  const customer = /^\/customers\/[^/]+$/.test(pathname);
  const actions: readonly Action[] = [
    { id: "new-map", label: words.newMap, icon: IconMapPlus, rights: ["draw"], act: to("/maps?new=template") },
    { id: "import", label: words.importFile, icon: IconFileImport, rights: ["change_data"], act: to("/data/import") },
    {
      id: "compare",
      label: words.compare,
      told: words.compareTold,
      icon: IconArrowsDiff,
      rights: ["look"],
      isHere: compared !== undefined,
      act: to(compared ?? pathname),
    },
    {
      id: "log",
      label: words.log,
      told: customer ? words.logHere : words.logFirst,
      icon: IconMessagePlus,
      rights: ["see_customers", "log_interactions"],
      act: to(customer ? `${pathname}?log=talk` : "/customers"),
    },
    {
      id: "new-journey",
      label: words.newJourney,
      icon: IconRoute,
      rights: ["change_data"],
      act: to("/settings/journeys?add=journey"),
    },
    {
      id: "invite",
      label: words.invite,
      icon: IconUserPlus,
      rights: ["administer"],
      act: to("/settings/people?invite=person"),
    },
    ...useOwn(),
  ];
  return actions
    .filter((each) => each.isHere !== false && each.rights.every((right) => rights.includes(right)))
    .map((each) => ({
      id: `do-${each.id}`,
      label: each.label,
      ...(each.told !== undefined && { description: each.told }),
      leftSection: <each.icon size={18} stroke={1.6} />,
      onClick: each.act,
    }));
}

/** What everybody does for themselves: how the pages look, and going. */
function useOwn(): readonly Action[] {
  const words = useWords(appWords);
  const actions = useWords(actionWords);
  const { way } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  const signOut = useSignOut();
  return [
    {
      id: "scheme",
      label: isDark ? actions.toLight : actions.toDark,
      told: words.appearance,
      icon: isDark ? IconSun : IconMoon,
      rights: [],
      act: () => setColorScheme(isDark ? "light" : "dark"),
    },
    {
      id: "sign-out",
      label: words.signOut,
      icon: IconLogout,
      rights: [],
      isHere: way === "session",
      act: () => void signOut(),
    },
  ];
}

/** The address of the question at hand with a second group; undefined where there is none, or it has one already. */
function comparing(pathname: string, search: string): string | undefined {
  const [, page, question = "flow"] = pathname.split("/");
  const params = new URLSearchParams(search);
  const isCompared = params.has("compare") || SECOND_GROUP.some((each) => params.has(each));
  if (page !== "explore" || !isQuestion(question) || COMPARED_BY[question] === undefined || isCompared)
    return undefined;
  params.set("compare", "on");
  return `${pathname}?${String(params)}`;
}
