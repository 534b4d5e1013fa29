import { Group } from "@mantine/core";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { OPTIONS } from "../questions";
import { OptionInput } from "./OptionInput";
import classes from "./Options.module.css";

/** The options of the question itself. */
export function Options({ explore, names }: { readonly explore: Explore; readonly names: VocabularyNames }) {
  const words = useWords(journeysWords);
  const options = OPTIONS[explore.question];
  if (options.length === 0) return null;
  return (
    <Group gap="sm" align="flex-end" className={classes.options} role="group" aria-label={words.bar.options}>
      {options.map((option) => (
        <OptionInput key={`${explore.question}-${option.name}`} option={option} explore={explore} names={names} />
      ))}
    </Group>
  );
}
