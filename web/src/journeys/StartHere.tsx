import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import type { VocabularyNames } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import type { Explore } from "./explore";
import { journeysWords } from "./journeysWords";
import { PathStrip } from "./pictures/PathStrip";
import type { JourneysWords } from "./words.en";

const MOST = 24;

interface StartHereProps {
  readonly explore: Explore;
  readonly names: VocabularyNames;
  readonly lacking: string;
}

/** What a question still needs: touchpoints to choose with a press, those with most customers first. */
export function StartHere({ explore, names, lacking }: StartHereProps) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const chosen = explore.params.getAll(lacking);
  const title = words.start[lacking as keyof Pick<JourneysWords["start"], "steps">];
  const offered = [...names.touchpoints]
    .sort((one, other) => (other.customers ?? 0) - (one.customers ?? 0))
    .slice(0, MOST);
  return (
    <Empty icon={<IconRoute size={34} stroke={1.4} />} title={title}>
      {lacking !== "journey" && (
        <Stack gap="sm" align="center" mt="xs">
          {chosen.length > 0 && <PathStrip path={chosen} />}
          <Text size="sm">{chosen.length > 0 ? words.start.next : words.start.hint}</Text>
          <Group gap={6} justify="center">
            {offered.map((each) => (
              <Button
                key={each.name}
                size="compact-sm"
                variant="default"
                rightSection={
                  <Badge size="xs" variant="transparent" color="gray">
                    {each.customers == null ? "–" : format.count(each.customers)}
                  </Badge>
                }
                onClick={() =>
                  explore.set({ [lacking]: lacking === "touchpoint" ? each.name : [...chosen, each.name] })
                }
              >
                {each.name}
              </Button>
            ))}
          </Group>
        </Stack>
      )}
    </Empty>
  );
}
