import { Anchor, Table, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { useUploads } from "./asking";
import { useBytes } from "./bytes";
import { sourcesWords } from "./sourcesWords";

/** All files on their way, and the last ones that were imported here. */
export function UploadsList() {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const bytes = useBytes();
  return (
    <section>
      <Title order={2} size="h5" mb={8}>
        {words.uploads}
      </Title>
      <Asked query={useUploads()} lines={4}>
        {({ uploads }) =>
          uploads.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.noUploads}
            </Text>
          ) : (
            <WideTable width={520}>
              <Table.Tbody>
                {uploads.map((each) => (
                  <Table.Tr key={each.id}>
                    <Table.Td>
                      <Anchor component={Link} to={`/data/import/${each.id}`} fz="sm" fw={550}>
                        {each.name}
                      </Anchor>
                      <Text size="xs" c="dimmed">
                        {words.by(each.by, format.moment(each.received_at))}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right">{bytes(each.bytes)}</Table.Td>
                    <Table.Td>{words.uploadStates[each.state] ?? each.state}</Table.Td>
                    <Table.Td ta="right">
                      {each.outcome == null ? "" : `${format.count(each.outcome.stored)} ${words.counts.stored}`}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </WideTable>
          )
        }
      </Asked>
    </section>
  );
}
