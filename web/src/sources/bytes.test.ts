import { expect, test } from "vitest";
import { writeBytes } from "./bytes";

test.each([
  [1, "en", "1 byte"],
  [315, "en", "315 bytes"],
  [315, "de", "315 Byte"],
  [2_100, "en", "2.1 kB"],
  [2_140_000_000, "de", "2,1 GB"],
] as const)("%d bytes are written in %s as %s", (size, language, written) => {
  expect(writeBytes(size, language).replace("\u00a0", " ")).toBe(written);
});
