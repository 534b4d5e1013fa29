import { SHORT } from "../model/shape";
import { useAlike } from "../reading";
import { useDocuments } from "./asking";

/** A metric that can be picked. */
export interface MetricName {
  readonly value: string;
  readonly label: string;
}

/** The metrics of the map by name, then those that only the library has. */
export function useMetricNames(): readonly MetricName[] {
  const library = useDocuments("metric");
  const own = useAlike((store) =>
    store.children("metrics").map((id) => {
      const fields = store.fields("metrics", id);
      return { id, name: fields[SHORT] === true ? null : String(fields.name ?? id) };
    }),
  );
  const known = own.map(({ id, name }) => ({
    value: id,
    label: name ?? library.find((each) => each.id === id)?.name ?? id,
  }));
  const further = library.filter((each) => !own.some(({ id }) => id === each.id));
  return [...known, ...further.map((each) => ({ value: each.id, label: each.name }))];
}
