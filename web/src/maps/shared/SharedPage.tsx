import { Center, Loader } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams } from "react-router";
import { answer, api } from "../../base/api/client";
import { Failed } from "../../base/states/Failed";
import { AskPassword } from "./AskPassword";
import { SharedMapView } from "./SharedMapView";

/** A map that was shared by a link, for people without an account. */
export function Component() {
  const { token = "" } = useParams();
  const path = { token };
  const link = useQuery({
    queryKey: ["shared", token],
    queryFn: ({ signal }) => answer(api.GET("/api/shared/{token}", { params: { path }, signal })),
    retry: false,
  });
  const open = useMutation({
    mutationFn: (password: string | null) =>
      answer(api.POST("/api/shared/{token}/open", { params: { path }, body: { password } })),
  });
  const isOpen = link.data?.needs_password === false;
  const mutate = open.mutate;
  useEffect(() => {
    if (isOpen) mutate(null);
  }, [isOpen, mutate]);
  if (open.data !== undefined) return <SharedMapView token={token} shared={open.data} />;
  const error = link.error ?? (isOpen ? open.error : null);
  return (
    <Center component="main" mih="100dvh" p="md">
      {error !== null ? (
        <Failed error={error} isPage />
      ) : link.data?.needs_password === true ? (
        <AskPassword error={open.error} busy={open.isPending} onPassword={(password) => mutate(password)} />
      ) : (
        <Loader />
      )}
    </Center>
  );
}
