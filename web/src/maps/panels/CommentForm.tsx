import { Button, Group, Select, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { ApiError } from "../../base/api/errors";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { laneRoles } from "../laneRoles";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { MentionArea, usePeople } from "./MentionArea";
import { mentionedIn } from "./mentions";
import { outlineName } from "./outlineName";
import { type About, type AboutKind, aboutName, COMMENT_QUERIES, readAbout } from "./threads";

const WHOLE: About = { kind: "map", id: "" };

interface CommentFormProps {
  readonly map: string;
  /** What a new thread is about; an answer is about what its thread is. */
  readonly about?: About;
  /** What else it may be about, to choose from. */
  readonly outline?: MapOutline;
  readonly onAbout?: (about: About) => void;
  readonly replyTo?: number;
  /** Where the map is being drawn. */
  readonly drawing?: Drawing;
}

/** What a comment needs on a map that is being drawn: its place may be in no version yet. */
export interface Drawing {
  /** What the comment is about, made where there is nothing yet. */
  readonly about: () => About;
  /** Save what was drawn as a version. */
  readonly save: () => Promise<void>;
}

/** A comment to be written, or an answer to one. */
export function CommentForm({ map, about = WHOLE, outline, onAbout, replyTo, drawing }: CommentFormProps) {
  const words = useWords(mapsWords);
  const roles = useWords(laneRoles);
  const client = useQueryClient();
  const people = usePeople();
  const [text, setText] = useState("");
  const post = ({ kind, id }: About) => {
    const mentions = mentionedIn(text, people);
    const body = { text, mentions, reply_to: replyTo ?? null, place_kind: kind, place: id };
    return answer(api.POST("/api/maps/map/{ident}/comments", { params: { path: { ident: map } }, body }));
  };
  const send = useMutation({
    mutationFn: async () => {
      const wanted = drawing?.about() ?? about;
      try {
        return await post(wanted);
      } catch (error) {
        if (drawing === undefined || !(error instanceof ApiError && error.status === 404)) throw error;
        await drawing.save();
        return post(wanted);
      }
    },
    onSuccess: async () => {
      setText("");
      await askAgain(client, COMMENT_QUERIES);
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
                data={places(outline, words.wholeMap, roles)}
                value={aboutName(about)}
                onChange={(value) => onAbout?.(readAbout(value) ?? WHOLE)}
                allowDeselect={false}
                searchable
                limit={100}
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

/** What a comment can be about: the map, phases with their steps, lanes with their cells. */
function places(outline: MapOutline, whole: string, roles: Readonly<Record<string, string>>) {
  const item = (kind: AboutKind, id: string) => {
    const about = { kind, id };
    return { value: aboutName(about), label: outlineName(outline, about, roles) ?? id };
  };
  const phases = outline.phases.map((phase) => ({
    group: phase.name,
    items: [item("phase", phase.id), ...phase.steps.map((step) => item("step", step.id))],
  }));
  const lanes = outline.lanes.map((lane) => ({
    group: outlineName(outline, { kind: "lane", id: lane.id }, roles) ?? lane.id,
    items: [item("lane", lane.id), ...lane.cells.map((cell) => item("cell", cell.id))],
  }));
  return [{ value: "map", label: whole }, ...phases, ...distinct(lanes)];
}

/** Lanes that are called alike are one group: groups are told apart by their names. */
function distinct<T>(groups: readonly { readonly group: string; readonly items: readonly T[] }[]) {
  const found = new Map<string, readonly T[]>();
  for (const { group, items } of groups) found.set(group, [...(found.get(group) ?? []), ...items]);
  return [...found].map(([group, items]) => ({ group: `${group} `, items: [...items] }));
}
