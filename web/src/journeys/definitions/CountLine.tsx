import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { ApiError } from "../../base/api/errors";
import { baseWords } from "../../base/baseWords";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { useNames } from "../asking";
import { useConditionCount } from "./asking";
import { definitionsWords } from "./definitionsWords";

const PAUSE_MS = 400;

/** How many customers have an interaction that meets a condition, as it is typed; or why it cannot be read. */
export function CountLine({ condition }: { readonly condition: string }) {
  const words = useWords(definitionsWords);
  const format = useFormat();
  const [asked] = useDebouncedValue(condition, PAUSE_MS);
  const names = useNames().data;
  const count = useConditionCount(asked);
  if (condition === "" || asked === "") return null;
  if (count.error !== null) return <Unreadable error={count.error} />;
  if (count.data === undefined || names === undefined) return <Line text={words.counting} />;
  const { customers, interactions } = count.data;
  if (customers === 0) return <Line text={words.nobody} color="var(--mantine-color-text)" />;
  return (
    <Line text={words.counted(format.count(customers), format.count(names.customers), format.count(interactions))} />
  );
}

function Unreadable({ error }: { readonly error: Error }) {
  const base = useWords(baseWords);
  if (error instanceof ApiError && error.status === 401) return <Line text={base.signedOut} />;
  const hint = error instanceof ApiError && error.hint !== undefined ? error.hint : "";
  return (
    <Line text={[error.message, hint].filter((each) => each !== "").join(" – ")} color="var(--mantine-color-error)" />
  );
}

function Line({ text, color = "dimmed" }: { readonly text: string; readonly color?: string }) {
  return (
    <Text size="xs" c={color} role="status" style={{ overflowWrap: "anywhere" }}>
      {text}
    </Text>
  );
}
