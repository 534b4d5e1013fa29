import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { useAddress } from "./useAddress";

const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <MemoryRouter initialEntries={["/maps/pay?version=2&panel=steps"]}>{children}</MemoryRouter>
);

test("changes that follow each other at once are all kept", () => {
  const { result } = renderHook(useAddress, { wrapper });
  act(() => {
    const [, change] = result.current;
    change({ measured: "1" });
    change({ theme: "dark", version: null });
  });
  expect(result.current[0].toString()).toBe("panel=steps&measured=1&theme=dark");
});
