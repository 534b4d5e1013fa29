import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { request } from "../base/api/client";
import { unasked } from "../base/unsaved/unasked";

/** Ends the session, forgets everything that was asked, and shows the page for signing in. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await request("/api/accounts/sign-out", { method: "POST" });
    client.clear();
    await unasked(() => navigate("/sign-in"));
  };
}
