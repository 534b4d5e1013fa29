import { Stack } from "@mantine/core";
import { useParams } from "react-router";
import { DataPage } from "./DataPage";
import { DropZone } from "./DropZone";
import { UploadPane } from "./UploadPane";
import { UploadsList } from "./UploadsList";

/** `/data/import`: drop a file, and the files on their way; `/data/import/ID`: one of them, step by step. */
export function Component() {
  const { upload } = useParams();
  return (
    <DataPage part="imports">
      {upload === undefined ? (
        <Stack gap="xl">
          <DropZone />
          <UploadsList />
        </Stack>
      ) : (
        <UploadPane key={upload} upload={upload} />
      )}
    </DataPage>
  );
}
