import { Anchor, Button, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { MeasuresAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { useAddress } from "../maps/view/useAddress";
import { evidenceWords } from "./evidenceWords";

const FIRST = 8;

/** What customers did that no step counts, the most frequent first. */
export function Unplanned({ found }: { readonly found: MeasuresAnswer }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const sees = useMay("see_customers");
  const [, change] = useAddress();
  const [all, setAll] = useState(false);
  if (found.unplanned.length === 0) return null;
  const names = new Map(found.steps.map((each) => [each.id, each.name]));
  const shown = all ? found.unplanned : found.unplanned.slice(0, FIRST);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {words.unplanned}
      </Text>
      <Text size="xs" c="dimmed">
        {words.unplannedHint}
      </Text>
      <Table>
        <Table.Tbody>
          {shown.map((each) => (
            <Table.Tr key={`${each.touchpoint}/${each.after ?? ""}`}>
              <Table.Td>
                {each.touchpoint}
                <Text size="xs" c="dimmed">
                  {each.after === null ? words.beforeFirst : words.after(names.get(each.after) ?? each.after)}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                {sees ? (
                  <Anchor
                    component="button"
                    size="sm"
                    aria-haspopup="dialog"
                    aria-label={`${format.count(each.count)}: ${words.showJourneys}`}
                    onClick={() => change({ examples: "unplanned", after: each.after, touchpoint: each.touchpoint })}
                  >
                    {format.count(each.count)}
                  </Anchor>
                ) : (
                  format.count(each.count)
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {!all && found.unplanned.length > FIRST && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {words.moreUnplanned(format.count(found.unplanned.length - FIRST))}
        </Button>
      )}
    </Stack>
  );
}
