import { baseWords } from "./baseWords";
import { useWords } from "./words";

/** Writes the keys of a shortcut as they stand on the keyboards of the language: `Ctrl Shift Z`, in German `Strg Umschalt Z`. */
export function useKeyText(): (keys: string) => string {
  const { keyNames } = useWords(baseWords);
  return (keys) => keys.replace(/[A-Z][a-z]+/g, (name) => keyNames[name] ?? name);
}

/** The keys of a shortcut, as text. */
export function KeyText({ keys }: { readonly keys: string }) {
  return useKeyText()(keys);
}
