import { Button, Group, Stack, Text } from "@mantine/core";
import type { CutAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import type { Two } from "./asking";
import classes from "./Identifiers.module.css";
import { identityWords } from "./identityWords";

/** What somebody keeps apart by hand, to be taken back. */
export function Cuts({
  cuts,
  onTakeBack,
}: {
  readonly cuts: readonly CutAnswer[];
  readonly onTakeBack: (two: Two) => void;
}) {
  const words = useWords(identityWords);
  const format = useFormat();
  const mayTakeBack = useMay("change_data");
  if (cuts.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="xs" fw={550}>
        {words.cuts}
      </Text>
      <ul className={classes.chain}>
        {cuts.map((each) => (
          <li key={`${each.first.number}-${each.second.number}`}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Text size="xs" className={classes.value}>
                {each.first.value} ≠ {each.second.value}
                <Text component="span" size="xs" c="dimmed" display="block">
                  {words.cutOn(format.day(each.made_at))}
                </Text>
              </Text>
              {mayTakeBack && (
                <Button
                  size="compact-xs"
                  variant="default"
                  style={{ flex: "none" }}
                  onClick={() => onTakeBack({ first: each.first.number, second: each.second.number })}
                >
                  {words.takeBack}
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
