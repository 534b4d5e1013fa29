import { createSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { actionWords } from "./actionWords";
import { appWords } from "./appWords";
import { DESTINATIONS } from "./destinations";
import { type Findable, useFindable } from "./findable";
import { having } from "./finding";
import { useActions } from "./useActions";
import "@mantine/spotlight/styles.css";

export const [store, palette] = createSpotlight();

const MOST_SHOWN = 30;

/** Go anywhere and do what can be done from anywhere, by typing: pages, actions, questions, maps and their steps, personas, touchpoints, journeys, what was saved. */
export function Palette() {
  const words = useWords(appWords);
  const navigate = useNavigate();
  const { rights } = useMe();
  const pages: SpotlightActionGroupData = {
    group: words.navigation,
    actions: DESTINATIONS.filter((each) => rights.includes(each.right)).map((each) => ({
      id: each.path,
      label: words[each.word],
      leftSection: <each.icon size={18} stroke={1.6} />,
      onClick: () => void navigate(each.path),
    })),
  };
  const action = (each: Findable) => ({
    id: each.id,
    label: each.label,
    ...(each.told !== undefined && { description: each.told }),
    onClick: () => void navigate(each.to),
  });
  const others = useFindable().map(({ title, things }) => ({ group: title, actions: things.map(action) }));
  const actions: SpotlightActionGroupData = { group: useWords(actionWords).title, actions: useActions() };
  const groups = [pages, actions, ...others];
  return (
    <Spotlight
      store={store}
      actions={groups}
      filter={(query) => (query.trim() === "" ? [pages, actions] : having(query, groups))}
      limit={MOST_SHOWN}
      scrollable
      maxHeight="min(560px, 70vh)"
      shortcut={null}
      attributes={{ content: { "aria-label": words.find } }}
      highlightQuery
      nothingFound={words.nothing}
      searchProps={{ placeholder: words.findHint, "aria-label": words.findHint, leftSection: <IconSearch size={16} /> }}
    />
  );
}
