import { Stack } from "@mantine/core";
import { IconDatabaseImport } from "@tabler/icons-react";
import { useState } from "react";
import type { SourceAnswer } from "../base/api/schema.gen";
import { useMay } from "../base/me";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { useSources } from "./asking";
import { DataPage } from "./DataPage";
import { DropZone } from "./DropZone";
import { ImportsTable } from "./ImportsTable";
import { SourceDetails } from "./SourceDetails";
import { SourcesTable } from "./SourcesTable";
import { sourcesWords } from "./sourcesWords";

/** `/data`: every source with its freshness and quality, and a place to drop a file. */
export function Component() {
  const words = useWords(sourcesWords);
  const mayImport = useMay("change_data");
  const [opened, setOpened] = useState<SourceAnswer>();
  return (
    <DataPage part="sources">
      <Asked query={useSources()} lines={10}>
        {({ sources }) => (
          <Stack gap="xl">
            {sources.length > 0 && <SourcesTable sources={sources} onOpen={setOpened} />}
            {mayImport && <DropZone />}
            {sources.length === 0 && (
              <Empty icon={<IconDatabaseImport size={36} stroke={1.3} />} title={words.noSources}>
                {mayImport ? words.noSourcesHint : words.noSourcesLook}
              </Empty>
            )}
            {sources.length > 0 && <ImportsTable />}
          </Stack>
        )}
      </Asked>
      <SourceDetails source={opened} onClose={() => setOpened(undefined)} />
    </DataPage>
  );
}
