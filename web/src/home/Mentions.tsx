import { Box } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useMentions } from "../maps/mentions";

const SHOWN = 3;

/** Loaded where somebody is named: the words of maps are no part of the first load. */
const MyMentions = lazy(async () => ({ default: (await import("../maps/library/MyMentions")).MyMentions }));

/** The newest comments that name whoever is signed in; nothing where there are none. */
export function Mentions() {
  const count = useMentions().data?.comments.length ?? 0;
  if (count === 0) return null;
  return (
    <Suspense>
      <Box mb="lg">
        <MyMentions most={SHOWN} />
      </Box>
    </Suspense>
  );
}
