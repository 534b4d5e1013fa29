import { Button, Group, Radio, ScrollArea, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../base/api/client";
import { Asked } from "../../base/states/Asked";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import { LEVELS, type Level, STATES, type State } from "../names";
import { useMade } from "./useMade";

const EMPTY = "";

/** A map from the template of a trade, or a small empty one. */
export function FromTemplate() {
  const words = useWords(mapsWords);
  const [title, setTitle] = useState("");
  const [template, setTemplate] = useState(EMPTY);
  const [level, setLevel] = useState<Level | null>(null);
  const [state, setState] = useState<State | null>(null);
  const templates = useQuery({
    queryKey: [...MAPS_KEY, "templates"],
    queryFn: ({ signal }) => answer(api.GET("/api/maps/templates", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const made = useMade();
  const make = useMutation({
    mutationFn: () => answer(api.POST("/api/maps/new", { body: { title, template: template || null, level, state } })),
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
        <TextInput
          label={words.titleLabel}
          placeholder={words.titlePlaceholder}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={words.level}
            placeholder={words.levelAs}
            clearable
            data={LEVELS.map((value) => ({ value, label: words.levels[value] }))}
            value={level}
            onChange={(value) => setLevel(LEVELS.find((each) => each === value) ?? null)}
          />
          <Select
            label={words.state}
            placeholder={words.levelAs}
            clearable
            data={STATES.map((value) => ({ value, label: words.states[value] }))}
            value={state}
            onChange={(value) => setState(STATES.find((each) => each === value) ?? null)}
          />
        </SimpleGrid>
        <Asked query={templates}>
          {(found) => (
            <ScrollArea.Autosize mah="42vh" type="auto">
              <Radio.Group value={template} onChange={setTemplate} aria-label={words.fromTemplate}>
                <Stack gap="sm" pr="sm">
                  <Radio value={EMPTY} label={words.emptyMap} description={words.emptyMapHint} />
                  {found.templates.map((each) => (
                    <Radio
                      key={each.name}
                      value={each.name}
                      label={each.title}
                      description={`${each.purpose}. ${words.templateFacts(each.phases, each.steps, each.lanes)}`}
                    />
                  ))}
                </Stack>
              </Radio.Group>
            </ScrollArea.Autosize>
          )}
        </Asked>
        {make.error !== null && <Failed error={make.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={title.trim() === ""}>
            <Text inherit>{words.create}</Text>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
