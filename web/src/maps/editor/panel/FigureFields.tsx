import { NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setField } from "../model/commands/setField";
import { useFields } from "../reading";

interface Figure {
  readonly name: string;
  readonly min: number;
  readonly max?: number;
  readonly step: number;
}

const VALUE_AND_EFFORT: readonly Figure[] = [
  { name: "customer_value", min: 1, max: 5, step: 1 },
  { name: "business_value", min: 1, max: 5, step: 1 },
  { name: "effort", min: 1, max: 5, step: 1 },
];
const RICE_AND_ICE: readonly Figure[] = [
  { name: "reach", min: 0, step: 100 },
  { name: "impact", min: 0, max: 10, step: 1 },
  { name: "confidence", min: 0, max: 1, step: 0.1 },
  { name: "ease", min: 0, max: 10, step: 1 },
  { name: "person_months", min: 0.1, step: 1 },
];

/** The figures that an opportunity is ranked by. */
export function FigureFields({ opportunity }: { readonly opportunity: string }) {
  const words = useWords(editorWords);
  return (
    <Stack gap={4} role="group" aria-label={words.rating}>
      <SimpleGrid cols={2} spacing={4} verticalSpacing={4}>
        {VALUE_AND_EFFORT.map((each) => (
          <FigureField key={each.name} opportunity={opportunity} figure={each} />
        ))}
      </SimpleGrid>
      <details>
        <Text component="summary" size="xs" c="dimmed" style={{ cursor: "pointer" }}>
          {words.riceAndIce}
        </Text>
        <SimpleGrid cols={2} spacing={4} verticalSpacing={4} mt={4}>
          {RICE_AND_ICE.map((each) => (
            <FigureField key={each.name} opportunity={opportunity} figure={each} />
          ))}
        </SimpleGrid>
      </details>
    </Stack>
  );
}

function FigureField({ opportunity, figure }: { readonly opportunity: string; readonly figure: Figure }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const value = useFields("opportunities", opportunity)[figure.name];
  const { name, min, max, step } = figure;
  const { number } = useFormat();
  const [refused, setRefused] = useState(false);
  const fits = (said: number): boolean => said >= min && (max === undefined || said <= max);
  const bounds = max === undefined ? words.atLeast(number(min)) : words.fromTo(number(min), number(max));
  return (
    <NumberInput
      size="xs"
      label={words.figures[name]}
      min={min}
      step={step}
      {...(max !== undefined && { max })}
      clampBehavior="none"
      error={refused && bounds}
      readOnly={!mayWrite}
      value={typeof value === "number" ? value : ""}
      onChange={(said) => {
        setRefused(typeof said === "number" && !fits(said));
        if (said === "") setField(editing, "opportunities", opportunity, name, undefined);
        else if (typeof said === "number" && fits(said)) setField(editing, "opportunities", opportunity, name, said);
      }}
      onBlur={() => editing.part()}
    />
  );
}
