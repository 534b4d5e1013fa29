import { Drawer, Stack, Text } from "@mantine/core";
import { baseWords } from "../../base/baseWords";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useBehind } from "../asking";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Waiting } from "../Waiting";
import { behindQuery, describeNumber } from "./describing";
import { BEHIND, useShowBehind } from "./showing";
import { Timeline } from "./Timeline";

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
  return (
    <Stack gap="md">
      <Text size="sm">{describeNumber(number, words, format)}</Text>
      <Waiting query={query} address={`behind/${address}`}>
        {({ answer }) => (
          <Stack gap="md">
            <Text size="sm" fw={600}>
              {words.behind.count(format.count(answer.journeys), format.count(answer.customers))}
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
