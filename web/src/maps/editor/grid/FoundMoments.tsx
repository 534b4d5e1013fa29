import { Anchor, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { useRead } from "../reading";
import type { MeasuredSteps } from "./measuredSteps";
import { momentsOf } from "./moments";

/** The steps that data find to be moments of truth, and that nobody has marked yet. */
export function FoundMoments({ measured }: { readonly measured: MeasuredSteps }) {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const unmarked = useRead((store) =>
    momentsOf(editing, measured)
      .filter(({ step }) => !isMarked(store.fields("steps", step).moment_of_truth))
      .map(({ step }) => step)
      .join("\n"),
  );
  if (unmarked === "") return null;
  return (
    <Text size="xs" c="dimmed">
      {words.momentsFound}{" "}
      {unmarked.split("\n").map((step, place) => (
        <span key={step}>
          {place > 0 && ", "}
          <Anchor component="button" type="button" size="xs" onClick={() => selection.go({ kind: "step", step })}>
            {String(editing.store.fields("steps", step).name ?? step)}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}

function isMarked(said: unknown): boolean {
  return said !== undefined && said !== false;
}
