import { Drawer, Stack, Text } from "@mantine/core";
import type { BehindAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { type Format, useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useBehind } from "../asking";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Waiting } from "../Waiting";
import type { JourneysWords } from "../words.en";
import { behindQuery, describeNumber } from "./describing";
import { BEHIND, useShowBehind } from "./showing";
import { Timeline } from "./Timeline";
import { groupText } from "./wording";

/** How many journeys there are; first how often it happened in them, where that is another number. */
export function countText(found: Counted, words: JourneysWords, { count }: Format): string {
  const [journeys, customers] = [count(found.journeys), count(found.customers)];
  return found.times === found.journeys
    ? words.behind.count(journeys, customers)
    : words.behind.times(count(found.times), journeys, customers);
}

type Counted = Pick<BehindAnswer, "times" | "journeys" | "customers">;

/** The journeys behind a number, beside the page. */
export function BehindDrawer({ explore }: { readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const base = useWords(baseWords);
  const show = useShowBehind();
  const number = explore.params.get(BEHIND);
  const opened = useMay("see_customers") && number !== null;
  return (
    <Drawer
      opened={opened}
      onClose={() => show(null)}
      title={<Text fw={620}>{words.behind.title}</Text>}
      size="lg"
      padding="md"
      closeButtonProps={{ "aria-label": base.close }}
    >
      {opened && <Journeys number={number} explore={explore} />}
    </Drawer>
  );
}

function Journeys({ number, explore }: { readonly number: string; readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const address = behindQuery(number, explore.params, explore.question);
  const query = useBehind(address, true);
  const group = groupText(number, words);
  return (
    <Stack gap="md">
      <div>
        <Text size="sm">{describeNumber(number, words, format)}</Text>
        {group !== "" && (
          <Text size="xs" c="dimmed">
            {group}
          </Text>
        )}
      </div>
      <Waiting query={query} address={`behind/${address}`}>
        {({ answer }) => (
          <Stack gap="md">
            <Text size="sm" fw={600}>
              {countText(answer, words, format)}
            </Text>
            <Text size="xs" c="dimmed">
              {answer.examples.length === 0
                ? words.behind.none
                : words.behind.latest(format.count(answer.examples.length))}
            </Text>
            {answer.examples.map((each) => (
              <Timeline key={`${each.customer}-${String(each.interactions[0]?.arrival)}`} journey={each} />
            ))}
          </Stack>
        )}
      </Waiting>
    </Stack>
  );
}
