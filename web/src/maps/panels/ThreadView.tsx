import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import type { CommentAnswer, ThreadAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { CommentForm } from "./CommentForm";
import classes from "./ThreadView.module.css";
import { COMMENT_QUERIES } from "./threads";

interface ThreadViewProps {
  readonly map: string;
  readonly thread: ThreadAnswer;
  /** What it is about, as it is called today; undefined: it is no longer there, or plain from where the thread stands. */
  readonly name: string | undefined;
  readonly onName?: (() => void) | undefined;
  /** Looked at: it is marked, and moved into view. */
  readonly isHere?: boolean;
}

/** A comment with the answers to it; it can be settled, and opens the place that it is about. */
export function ThreadView({ map, thread, name, onName, isHere = false }: ThreadViewProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const draws = useMay("draw");
  const { comment, answers } = thread;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isHere) frame.current?.scrollIntoView?.({ block: "nearest" });
  }, [isHere]);
  const act = useThreadAction();
  const settled = comment.resolved_at;
  return (
    <Stack gap="xs" ref={frame} className={classes.thread} data-settled={settled !== null} data-here={isHere}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        {name !== undefined && onName !== undefined ? (
          <Anchor component="button" type="button" size="xs" ta="left" onClick={onName}>
            {name}
          </Anchor>
        ) : (
          <Text size="xs" c="dimmed">
            {name}
          </Text>
        )}
        {draws && (
          <Button
            size="compact-xs"
            variant="subtle"
            flex="none"
            loading={act.isPending}
            onClick={() => act.mutate({ number: comment.comment, action: settled === null ? "resolve" : "reopen" })}
          >
            {settled === null ? words.resolve : words.reopen}
          </Button>
        )}
      </Group>
      <CommentView comment={comment} />
      {answers.map((each) => (
        <div key={each.comment} className={classes.answer}>
          <CommentView comment={each} />
        </div>
      ))}
      {settled !== null && (
        <Text size="xs" c="dimmed">
          {words.resolvedBy(comment.resolved_by ?? "", format.ago(settled))}
        </Text>
      )}
      {act.error !== null && <Failed error={act.error} />}
      {draws && settled === null && <CommentForm map={map} replyTo={comment.comment} />}
    </Stack>
  );
}

function CommentView({ comment }: { readonly comment: CommentAnswer }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const act = useThreadAction();
  const administers = useMay("administer");
  const draws = useMay("draw");
  return (
    <Stack gap={2}>
      <Group gap={6} justify="space-between" wrap="nowrap">
        <Text size="xs">
          <Text span fw={600} inherit>
            {comment.author}
          </Text>{" "}
          <Text span c="dimmed" inherit>
            <time dateTime={comment.written_at} title={format.moment(comment.written_at)}>
              {format.ago(comment.written_at)}
            </time>
            {comment.edited_at !== null && `, ${words.edited}`}
          </Text>
        </Text>
        {((comment.own && draws) || administers) && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => act.mutate({ number: comment.comment, action: "remove" })}
          >
            {words.removeComment}
          </Button>
        )}
      </Group>
      <Text size="sm" className={classes.text}>
        {comment.text}
      </Text>
      {act.error !== null && <Failed error={act.error} />}
    </Stack>
  );
}

interface Action {
  readonly number: number;
  readonly action: "resolve" | "reopen" | "remove";
}

function useThreadAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ number, action }: Action): Promise<void> => {
      const params = { path: { number } };
      if (action === "remove") await answer(api.DELETE("/api/maps/comments/{number}", { params }));
      else if (action === "resolve") await answer(api.POST("/api/maps/comments/{number}/resolve", { params }));
      else await answer(api.POST("/api/maps/comments/{number}/reopen", { params }));
    },
    onSuccess: () => askAgain(client, COMMENT_QUERIES),
  });
}
