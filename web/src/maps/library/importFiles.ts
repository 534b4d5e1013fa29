import { request } from "../../base/api/client";
import type { ImportAnswer } from "../../base/api/schema.gen";

/** What becomes of a document that is there already. */
export type Existing = "refuse" | "version" | "copy";

/** Save files as documents; all of them or none. */
export async function importFiles(files: readonly File[], existing: Existing): Promise<ImportAnswer> {
  const body = new FormData();
  for (const file of files) body.append("data", file, file.name);
  const response = await request(`/api/maps/import?existing=${existing}`, { method: "POST", body });
  return (await response.json()) as ImportAnswer;
}
