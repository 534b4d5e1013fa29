import { Container } from "@mantine/core";
import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { ApiError } from "../base/api/errors";
import { MeContext, useAskMe } from "../base/me";
import { Asked } from "../base/states/Asked";
import { ZoneContext } from "../base/zone";

/** Its children for whoever is signed in; everybody else goes to the sign-in page and comes back from there. */
export function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const query = useAskMe();
  const { pathname, search } = useLocation();
  if (query.error instanceof ApiError && query.error.status === 401) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (query.data === undefined) {
    return (
      <Container py="xl">
        <Asked query={query}>{() => null}</Asked>
      </Container>
    );
  }
  return (
    <MeContext value={query.data}>
      <ZoneContext value={query.data.timezone}>{children}</ZoneContext>
    </MeContext>
  );
}
