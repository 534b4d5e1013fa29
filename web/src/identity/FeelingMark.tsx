import { Text, Tooltip } from "@mantine/core";
import { IconMoodEmpty, IconMoodHappy, IconMoodSad, IconMoodSmile, IconMoodUnamused } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import classes from "./FeelingMark.module.css";
import { type Feeling, feelingOf } from "./feeling";
import { identityWords } from "./identityWords";

const FACES: Readonly<Record<Feeling, ComponentType<{ readonly size?: number; readonly stroke?: number }>>> = {
  bad: IconMoodSad,
  poor: IconMoodUnamused,
  even: IconMoodEmpty,
  fair: IconMoodSmile,
  good: IconMoodHappy,
};

/** A feeling as a face, a word and its number. */
export function FeelingMark({ value }: { readonly value: number }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const feeling = feelingOf(value);
  const Face = FACES[feeling];
  return (
    <Tooltip label={words.feelingScale}>
      <span className={classes.mark} data-feeling={feeling}>
        <Face size={16} stroke={1.7} aria-hidden />
        {words.feelings[feeling]}
        <Text component="span" size="xs" c="dimmed">
          {value > 0 ? "+" : ""}
          {format.number(value)}
        </Text>
      </span>
    </Tooltip>
  );
}
