import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../base/api/client";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { useJourneys } from "../asking";
import { mapsWords } from "../mapsWords";
import { useMade } from "./useMade";

const STEPS = 12;

/** A first map that the measured journeys propose. */
export function FromData() {
  const words = useWords(mapsWords);
  const [title, setTitle] = useState("");
  const [journey, setJourney] = useState<string | null>(null);
  const [steps, setSteps] = useState<number | string>(STEPS);
  const definitions = useJourneys();
  const made = useMade();
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/evidence/first-map", {
          body: { title: title.trim() || null, journey, steps: Number(steps) || STEPS, personas: [] },
        }),
      ),
    onSuccess: made,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {words.dataHint}
        </Text>
        <TextInput
          label={words.titleLabel}
          placeholder={words.titlePlaceholder}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          maxLength={200}
          data-autofocus
        />
        <Select
          label={words.journeyLabel}
          placeholder={words.journeyAll}
          data={(definitions.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={journey}
          onChange={setJourney}
          clearable
        />
        <NumberInput label={words.stepsLabel} value={steps} onChange={setSteps} min={1} max={40} w={200} />
        {make.error !== null && <Failed error={make.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            {words.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
