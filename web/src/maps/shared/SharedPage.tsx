import { Center, Loader, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useParams } from "react-router";
import { answer, api } from "../../base/api/client";
import { now } from "../../base/api/clock";
import type { ApiError } from "../../base/api/errors";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { AskPassword } from "./AskPassword";
import { SharedMapView } from "./SharedMapView";
import { hasEnded } from "./useShared";

const MINUTE_MS = 60_000;

/** A map that was shared by a link, for people without an account; once the link has ended, nothing of it. */
export function Component() {
  const { token = "" } = useParams();
  const path = { token };
  const [ended, setEnded] = useState<ApiError | null>(null);
  const link = useQuery({
    queryKey: ["shared", token],
    queryFn: ({ signal }) => answer(api.GET("/api/shared/{token}", { params: { path }, signal })),
    retry: false,
    enabled: ended === null,
    refetchOnWindowFocus: ({ state }) => !hasEnded(state.error),
    refetchInterval: ({ state }) => !hasEnded(state.error) && untilNextLook(state.data?.expires_at ?? null),
  });
  const open = useMutation({
    mutationFn: (password: string | null) =>
      answer(api.POST("/api/shared/{token}/open", { params: { path }, body: { password } })),
  });
  const needsPassword = link.data?.needs_password;
  const { mutate, reset } = open;
  useEffect(() => {
    if (needsPassword === false) mutate(null);
  }, [needsPassword, mutate]);
  const refused = useCallback((error: ApiError) => (hasEnded(error) ? setEnded(error) : reset()), [reset]);
  const over = ended ?? [link.error, open.error].find(hasEnded) ?? null;
  if (over === null && open.data !== undefined) {
    return <SharedMapView token={token} shared={open.data} onRefused={refused} />;
  }
  const error = link.data === undefined ? link.error : needsPassword ? null : open.error;
  return (
    <Center component="main" mih="100dvh" p="md">
      {over !== null ? (
        <Ended error={over} />
      ) : error !== null ? (
        <Failed error={error} isPage />
      ) : needsPassword ? (
        <AskPassword error={open.error} busy={open.isPending} onPassword={(password) => mutate(password)} />
      ) : (
        <Loader />
      )}
    </Center>
  );
}

function Ended({ error }: { readonly error: ApiError }) {
  const words = useWords(mapsWords);
  return (
    <Stack role="alert" gap="xs" maw={420}>
      <Title order={1} size="h3">
        {words.sharedEnded}
      </Title>
      <Text size="sm">{[error.message, error.hint].filter(Boolean).join("; ")}.</Text>
    </Stack>
  );
}

/** A minute, or until the link ends, whatever is sooner; half a second later, for clocks differ. */
function untilNextLook(expiresAt: string | null): number {
  if (expiresAt === null) return MINUTE_MS;
  const left = Date.parse(expiresAt) - now().getTime() + 500;
  return Math.min(MINUTE_MS, Math.max(1000, left));
}
