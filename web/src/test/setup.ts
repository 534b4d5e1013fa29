import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import fc from "fast-check";
import { afterEach } from "vitest";

// What a test waits for comes, also where many others run beside it.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);

class NoObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoObserver;

// Texts that grow with what is typed wait for fonts, which the environment does not have.
if (!("fonts" in document)) Object.defineProperty(document, "fonts", { value: new EventTarget() });

// Whoever develops meets other examples every time; a run for a decision meets the same.
if (import.meta.env.CI) fc.configureGlobal({ seed: 2026 });
