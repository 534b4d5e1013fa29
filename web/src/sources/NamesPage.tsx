import { DataPage } from "./DataPage";
import { NamesEditor } from "./NamesEditor";

/** `/data/names`: touchpoints, channels and stages, as everybody sees them. */
export function Component() {
  return (
    <DataPage part="names">
      <NamesEditor />
    </DataPage>
  );
}
