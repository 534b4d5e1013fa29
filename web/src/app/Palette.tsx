import { Kbd, UnstyledButton } from "@mantine/core";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { useMe } from "../base/me";
import { useWords } from "../base/words";
import { appWords } from "./appWords";
import { DESTINATIONS } from "./destinations";
import classes from "./Palette.module.css";
import "@mantine/spotlight/styles.css";

/** Ctrl+K: go anywhere by typing. */
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
      actions={actions}
      shortcut={["mod + K"]}
      highlightQuery
      nothingFound={words.nothing}
      searchProps={{ placeholder: words.findHint, "aria-label": words.findHint, leftSection: <IconSearch size={16} /> }}
    />
  );
}

/** Opens the palette, and tells its key. */
export function FindButton() {
  const words = useWords(appWords);
  return (
    <UnstyledButton className={classes.find} onClick={spotlight.open} aria-keyshortcuts="Control+K">
      <IconSearch size={15} stroke={1.8} />
      <span className={classes.label}>{words.find}</span>
      <Kbd size="xs" className={classes.key} aria-hidden>
        Ctrl K
      </Kbd>
    </UnstyledButton>
  );
}
