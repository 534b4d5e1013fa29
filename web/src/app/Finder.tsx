import { Kbd, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconSearch } from "@tabler/icons-react";
import { type ComponentType, useState } from "react";
import { flushSync } from "react-dom";
import { baseWords } from "../base/baseWords";
import { KeyText } from "../base/KeyText";
import { useWords } from "../base/words";
import { appWords } from "./appWords";
import classes from "./Finder.module.css";

/** Opens the palette, also by Ctrl+K, and tells its key; the palette is loaded when it is first wanted. */
export function Finder() {
  const words = useWords(appWords);
  const { offline } = useWords(baseWords);
  const [Palette, setPalette] = useState<ComponentType>();
  const open = () =>
    loadPalette().then(
      (loaded) => {
        flushSync(() => setPalette(() => loaded.Palette));
        loaded.palette.toggle();
      },
      () => notifications.show({ message: offline, color: "gray" }),
    );
  useHotkeys([["mod+K", () => void open()]]);
  return (
    <>
      <UnstyledButton
        className={classes.find}
        onClick={() => void open()}
        aria-keyshortcuts="Control+K"
        aria-haspopup="dialog"
      >
        <IconSearch size={15} stroke={1.8} />
        <span className={classes.label}>{words.find}</span>
        <Kbd size="xs" className={classes.key} aria-hidden>
          <KeyText keys="Ctrl K" />
        </Kbd>
      </UnstyledButton>
      {Palette !== undefined && <Palette />}
    </>
  );
}

/** By itself: the build moves a `then` that stands at the import to where nothing sees that the styles are lacking. */
function loadPalette() {
  return import("./Palette");
}
