import { Table, Text } from "@mantine/core";
import type { MeasuresAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { evidenceWords } from "./evidenceWords";
import { factOf } from "./numbers";

/** How many of the journeys of each persona reach a step, where personas are asked for. */
export function ByPersona({ found, step }: { readonly found: MeasuresAnswer; readonly step: string }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  if (found.personas.length === 0) return null;
  return (
    <Table>
      <Table.Tbody>
        {found.personas.map((each) => {
          const row = each.steps.find(({ id }) => id === step);
          const numbers = row === undefined ? undefined : factOf(row, "reached");
          return (
            <Table.Tr key={each.id}>
              <Table.Th fw={400}>
                {each.name}
                <Text size="xs" c="dimmed">
                  {words.reached} {words.of(format.count(each.journeys))}
                </Text>
              </Table.Th>
              <Table.Td ta="right">{numbers === undefined ? "–" : format.count(numbers.count)}</Table.Td>
              <Table.Td ta="right">
                {format.share(numbers?.share ?? null)}
                <Text size="xs" c="dimmed">
                  {format.interval(numbers?.low ?? null, numbers?.high ?? null)}
                </Text>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
