import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { MentionArea, usePeople } from "./MentionArea";
import { mentionedIn } from "./mentions";

interface CommentFormProps {
  readonly map: string;
  /** Where a new thread may stand; an answer stands where its thread does. */
  readonly outline?: MapOutline;
  readonly replyTo?: number;
  readonly onSent?: () => void;
}

const PLACES = ["map", "phase", "step"] as const;

/** A comment to be written, or an answer to one. */
export function CommentForm({ map, outline, replyTo, onSent }: CommentFormProps) {
  const words = useWords(mapsWords);
  const client = useQueryClient();
  const people = usePeople();
  const [params] = useSearchParams();
  const [text, setText] = useState("");
  const [place, setPlace] = useState<string>(params.get("step") ? `step/${params.get("step") ?? ""}` : "map/");
  const send = useMutation({
    mutationFn: () => {
      const [kind, id = ""] = place.split("/");
      const where = { place_kind: PLACES.find((each) => each === kind) ?? "map", place: id };
      const body = { text, mentions: mentionedIn(text, people), reply_to: replyTo ?? null, ...where };
      return answer(api.POST("/api/maps/map/{ident}/comments", { params: { path: { ident: map } }, body }));
    },
    onSuccess: async () => {
      setText("");
      await askAgain(client, { queryKey: MAPS_KEY });
      onSent?.();
    },
  });
  const submit = (): void => {
    if (text.trim() !== "" && !send.isPending) send.mutate();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="xs">
        <MentionArea
          value={text}
          label={replyTo === undefined ? words.commentPlaceholder : words.answerPlaceholder}
          onChange={setText}
          onSend={submit}
        />
        {send.error !== null && <Failed error={send.error} />}
        {(text !== "" || replyTo === undefined) && (
          <Group gap="xs" justify="space-between" wrap="nowrap">
            {outline === undefined ? (
              <span />
            ) : (
              <Select
                size="xs"
                aria-label={words.about}
                data={places(outline, words.wholeMap)}
                value={place}
                onChange={(value) => setPlace(value ?? "map/")}
                allowDeselect={false}
                searchable
                flex={1}
              />
            )}
            <Button size="xs" type="submit" loading={send.isPending} disabled={text.trim() === ""}>
              {words.send}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function places(outline: MapOutline, whole: string) {
  const phases = outline.phases.map((phase) => ({
    group: phase.name,
    items: [
      { value: `phase/${phase.id}`, label: phase.name },
      ...phase.steps.map((step) => ({ value: `step/${step.id}`, label: step.name })),
    ],
  }));
  return [{ value: "map/", label: whole }, ...phases];
}
