import { Textarea } from "@mantine/core";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

/** A mapping as YAML, to be changed by whoever knows the language. */
export function MappingText({ yaml, onChange }: { readonly yaml: string; readonly onChange: (yaml: string) => void }) {
  const words = useWords(sourcesWords);
  return (
    <Textarea
      aria-label={words.asText}
      autosize
      minRows={12}
      maxRows={36}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
      value={yaml}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
