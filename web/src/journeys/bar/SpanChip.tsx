import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../base/words";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Chip } from "./Chip";

const USUAL = "30m";
const OFFERED = ["30m", "1d", "3d", "7d"];

/** How the interactions of a customer are cut: not at all, or into sessions. */
export function SpanChip({ explore }: { readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const { params, set } = explore;
  const isSession = params.get("span") === "session";
  const gap = params.get("gap") ?? USUAL;
  return (
    <Chip
      label={words.bar.spans}
      value={isSession ? words.bar.session(gap) : words.bar.life}
      isSet={isSession}
      clear={{ label: `${words.bar.spans}: ${words.bar.clear}`, onClear: () => set({ span: null, gap: null }) }}
    >
      {(close) => (
        <Choices
          gap={gap}
          isSession={isSession}
          onChoice={(chosen) => {
            set(chosen === null ? { span: null, gap: null } : { span: "session", gap: chosen });
            close();
          }}
        />
      )}
    </Chip>
  );
}

interface ChoicesProps {
  readonly gap: string;
  readonly isSession: boolean;
  readonly onChoice: (gap: string | null) => void;
}

function Choices({ gap, isSession, onChoice }: ChoicesProps) {
  const words = useWords(journeysWords);
  const [typed, setTyped] = useState(gap);
  return (
    <Stack gap="sm">
      <Button size="xs" variant={isSession ? "default" : "filled"} onClick={() => onChoice(null)}>
        {words.bar.life}
      </Button>
      <Group gap={6}>
        {OFFERED.map((each) => (
          <Button
            key={each}
            size="compact-xs"
            variant={isSession && gap === each ? "filled" : "default"}
            onClick={() => onChoice(each)}
          >
            {words.bar.session(each)}
          </Button>
        ))}
      </Group>
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          flex={1}
          label={words.bar.gap}
          placeholder={USUAL}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && onChoice(typed.trim() || USUAL)}
        />
        <Button size="xs" onClick={() => onChoice(typed.trim() || USUAL)}>
          {words.bar.apply}
        </Button>
      </Group>
    </Stack>
  );
}
