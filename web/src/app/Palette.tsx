import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { appWords } from "./appWords";
import { DESTINATIONS } from "./destinations";
import "@mantine/spotlight/styles.css";

export const [store, palette] = createSpotlight();

/** Go anywhere by typing. */
export function Palette() {
  const words = useWords(appWords);
  const navigate = useNavigate();
  const { rights } = useMe();
  const actions = DESTINATIONS.filter((each) => rights.includes(each.right)).map((each) => ({
    id: each.path,
    label: words[each.word],
    leftSection: <each.icon size={18} stroke={1.6} />,
    onClick: () => void navigate(each.path),
  }));
  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={null}
      attributes={{ content: { "aria-label": words.find } }}
      highlightQuery
      nothingFound={words.nothing}
      searchProps={{ placeholder: words.findHint, "aria-label": words.findHint, leftSection: <IconSearch size={16} /> }}
    />
  );
}
