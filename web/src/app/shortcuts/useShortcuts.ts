import { useWindowEvent } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { type ComponentType, useState } from "react";
import { baseWords } from "../../base/baseWords";
import { useWords } from "../../base/words";

interface Shown {
  /** Loaded when it is first wanted. */
  readonly Shortcuts?: ComponentType<{ readonly onClose: () => void }> | undefined;
  readonly open: () => void;
  readonly close: () => void;
}

/** The list of keys, which opens by "?" wherever that is not written. */
export function useShortcuts(): Shown {
  const { offline } = useWords(baseWords);
  const [Shortcuts, show] = useState<Shown["Shortcuts"]>();
  const open = () =>
    void load().then(
      (loaded) => show(() => loaded.Shortcuts),
      () => notifications.show({ message: offline, color: "gray" }),
    );
  useWindowEvent("keydown", (event) => {
    if (event.key !== "?" || event.defaultPrevented || isWritten(event.target)) return;
    event.preventDefault();
    open();
  });
  return { Shortcuts, open, close: () => show(undefined) };
}

/** By itself: the build moves a `then` that stands at the import to where nothing sees that the styles are lacking. */
function load() {
  return import("./Shortcuts");
}

function isWritten(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
