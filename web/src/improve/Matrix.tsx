import { Anchor, Stack, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";
import classes from "./Matrix.module.css";
import { MatrixDrawing } from "./MatrixDrawing";

interface MatrixProps {
  readonly opportunities: readonly OpportunityAnswer[];
  readonly onOpen: (id: string) => void;
}

/** Value against effort; those that lack one of the two are named below. */
export function Matrix({ opportunities, onOpen }: MatrixProps) {
  const words = useWords(improveWords);
  const { count } = useFormat();
  const { ref, width } = useElementSize();
  const drawn = opportunities.filter((each) => each.value !== null && each.effort !== null);
  const others = opportunities.filter((each) => !drawn.includes(each));
  return (
    <Stack gap="xs">
      <div ref={ref} className={classes.frame}>
        {width > 0 && <MatrixDrawing opportunities={drawn} width={width} onOpen={onOpen} />}
      </div>
      <Text size="xs" c="dimmed">
        {words.matrixNote(count(drawn.length))}
      </Text>
      {others.length > 0 && (
        <Text size="xs" c="dimmed">
          {words.notDrawn(count(others.length))}{" "}
          {others.map((each, place) => (
            <span key={each.id}>
              {place > 0 && ", "}
              <Anchor component="button" type="button" size="xs" aria-haspopup="dialog" onClick={() => onOpen(each.id)}>
                {each.title}
              </Anchor>
            </span>
          ))}
        </Text>
      )}
    </Stack>
  );
}
