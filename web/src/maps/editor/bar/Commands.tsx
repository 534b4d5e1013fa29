import { Kbd } from "@mantine/core";
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { KeyText } from "../../../base/KeyText";
import { useWords } from "../../../base/words";
import { type Acting, duplicateHere, newLane, newPhase, newStep, removeHere, shift } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { focusPlace } from "../focusPlace";
import type { Outside } from "../keyboard";
import { setFollowing } from "../model/commands/following";
import type { Place } from "../places";
import { useSelected } from "../reading";
import type { EditorWords } from "../words.en";
import "@mantine/spotlight/styles.css";

export const [commandsStore, commandsSpotlight] = createSpotlight();

interface CommandsProps {
  readonly outside: Outside;
  readonly onMeasured: () => void;
  readonly onLeave: (address: string) => void;
}

/** Everything that can be done with what is selected, by typing; and the list of keys. */
export function Commands({ outside, onMeasured, onLeave }: CommandsProps) {
  const words = useWords(editorWords);
  const { editing, selection, session, mayWrite } = useEditor();
  const place = useSelected((selected) => selected.place);
  const acting = { editing, selection, words };
  const address = `/maps/${session.map}`;
  const general: readonly SpotlightActionData[] = [
    action("measured", words.measuredHint, onMeasured),
    action("details", words.details, outside.details, "Ctrl I"),
    action("comments", words.keys.comments, outside.comments, "Alt C"),
    action("back", words.back, () => onLeave(address)),
    action("history", words.history, () => onLeave(`${address}?panel=versions`)),
  ];
  const groups: readonly SpotlightActionGroupData[] = [
    ...(mayWrite ? [{ group: words.commands, actions: drawing(acting, place, outside) }] : []),
    { group: words.map, actions: [...general] },
    { group: words.shortcuts, actions: keys(words) },
  ];
  return (
    <Spotlight
      store={commandsStore}
      actions={[...groups]}
      shortcut={null}
      attributes={{ content: { "aria-label": words.commands } }}
      returnFocus={false}
      onSpotlightClose={() => focusPlace(selection.selected().name)}
      highlightQuery
      scrollable
      maxHeight={460}
      nothingFound={words.nothing}
      searchProps={{
        placeholder: words.commandsHint,
        "aria-label": words.commandsHint,
        leftSection: <IconSearch size={16} />,
      }}
    />
  );
}

function action(id: string, label: string, onClick: () => void, key?: string): SpotlightActionData {
  return {
    id,
    label,
    onClick,
    ...(key !== undefined && {
      rightSection: (
        <Kbd size="xs">
          <KeyText keys={key} />
        </Kbd>
      ),
    }),
  };
}

/** What can be done to the drawing, where it makes sense for what is selected. */
function drawing(acting: Acting, place: Place, outside: Outside): SpotlightActionData[] {
  const { words, editing } = acting;
  const step = "step" in place ? place.step : undefined;
  const isSideways = step !== undefined || place.kind === "phase";
  const isLane = "lane" in place;
  return [
    action("new-step", words.addStep, () => newStep(acting), "Alt N"),
    action("new-phase", words.addPhase, () => newPhase(acting), "Alt Shift N"),
    ...(isSideways
      ? [
          action("left", words.moveLeft, () => shift(acting, place, "left"), "Alt ←"),
          action("right", words.moveRight, () => shift(acting, place, "right"), "Alt →"),
        ]
      : []),
    ...(isLane
      ? [
          action("up", words.moveUp, () => shift(acting, place, "up"), "Alt ↑"),
          action("down", words.moveDown, () => shift(acting, place, "down"), "Alt ↓"),
        ]
      : []),
    ...(step === undefined && !isLane
      ? []
      : [action("duplicate", words.duplicate, () => duplicateHere(acting, place), "Ctrl D")]),
    ...(place.kind === "map" ? [] : [action("remove", words.remove, () => removeHere(acting, place), "Delete")]),
    ...(step === undefined
      ? []
      : [action("end", `${words.next}: ${words.nextEnd}`, () => setFollowing(editing, step, []))]),
    action("undo", words.undo, () => editing.undo(), "Ctrl Z"),
    action("redo", words.redo, () => editing.redo(), "Ctrl Shift Z"),
    action("version", words.saveVersion, outside.saveVersion, "Ctrl S"),
    ...Object.entries(words.laneRoles).map(([role, name]) =>
      action(`lane-${role}`, words.addLaneFor(name), () => newLane(acting, role)),
    ),
  ];
}

/** The keys, to read. */
function keys(words: EditorWords): SpotlightActionData[] {
  const told: readonly (readonly [keyof EditorWords["keys"], string])[] = [
    ["arrows", "← ↑ ↓ →"],
    ["enter", "Enter"],
    ["escape", "Esc"],
    ["tab", "Tab"],
    ["newLine", "Shift Enter"],
    ["altArrows", "Alt ← ↑ ↓ →"],
    ["newStep", "Alt N · Alt Shift N · Alt L"],
    ["duplicate", "Ctrl D"],
    ["remove", "Delete"],
    ["undo", "Ctrl Z · Ctrl Shift Z"],
    ["plusMinus", "+ −"],
    ["comments", "Alt C"],
    ["commands", "/ · Ctrl K"],
    ["details", "Ctrl I"],
    ["saveVersion", "Ctrl S"],
  ];
  return told.map(([name, key]) => action(`key-${name}`, words.keys[name], () => undefined, key));
}
