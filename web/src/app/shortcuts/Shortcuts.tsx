import { Group, Kbd, Modal, Text, Title } from "@mantine/core";
import { baseWords } from "../../base/baseWords";
import { useFocusBack } from "../../base/useFocusBack";
import { type Catalogue, useWords } from "../../base/words";
import classes from "./Shortcuts.module.css";
import { de } from "./words.de";
import { en, type ShortcutsWords } from "./words.en";

export const shortcutsWords: Catalogue<ShortcutsWords> = { en, de };

/** What keys do at a place, in words of the catalogue. */
type Told = Exclude<keyof ShortcutsWords, "title" | "places" | "keys">;
type Key =
  | keyof ShortcutsWords["keys"]
  | "K"
  | "?"
  | "/"
  | "D"
  | "F"
  | "H"
  | "M"
  | "S"
  | "Z"
  | "Tab"
  | "←"
  | "→"
  | "↑"
  | "↓";

const PLACES: Readonly<Record<keyof ShortcutsWords["places"], readonly (readonly [Told, readonly Key[]])[]>> = {
  everywhere: [
    ["goTo", ["control", "K"]],
    ["thisList", ["?"]],
    ["closes", ["escape"]],
    ["tabs", ["←", "→"]],
  ],
  home: [
    ["findings", ["↑", "↓"]],
    ["seen", ["S"]],
    ["dismiss", ["D"]],
    ["tile", ["←", "→"]],
    ["tileSize", ["S"]],
    ["tileHide", ["H"]],
  ],
  explore: [
    ["question", ["/"]],
    ["parts", ["Tab"]],
  ],
  maps: [
    ["commands", ["/"]],
    ["write", ["enter", "escape"]],
    ["undo", ["control", "Z"]],
    ["slides", ["←", "→"]],
    ["slidesMeasured", ["M"]],
    ["slidesFull", ["F"]],
  ],
  customers: [
    ["search", ["/"]],
    ["results", ["↑", "↓"]],
  ],
  data: [["save", ["control", "S"]]],
  improve: [
    ["cards", ["←", "↑", "↓", "→"]],
    ["move", ["shift", "←", "→"]],
  ],
};

/** Every key that does something, by page. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(shortcutsWords);
  const { close } = useWords(baseWords);
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={words.title} size="xl" closeButtonProps={{ "aria-label": close }}>
      <div className={classes.columns}>
        {places().map((place) => (
          <section key={place} aria-label={words.places[place]} className={classes.place}>
            <Title order={3} size="h6" mb={4}>
              {words.places[place]}
            </Title>
            <dl className={classes.list}>
              {PLACES[place].map(([told, keys]) => (
                <div key={told} className={classes.row}>
                  <Text component="dt" size="sm">
                    {words[told]}
                  </Text>
                  <Group component="dd" gap={3} m={0} wrap="nowrap">
                    {keys.map((key) => (
                      <Kbd key={key} size="xs">
                        {key in words.keys ? words.keys[key as keyof ShortcutsWords["keys"]] : key}
                      </Kbd>
                    ))}
                  </Group>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function places(): readonly (keyof typeof PLACES)[] {
  return Object.keys(PLACES) as (keyof typeof PLACES)[];
}
