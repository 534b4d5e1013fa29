import { request } from "../../base/api/client";
import { type Loss, lossesFrom } from "../losses";

/** A file that was downloaded, and what its format could not hold. */
export interface Downloaded {
  readonly name: string;
  readonly losses: readonly Loss[];
}

/** Ask the server for a file and hand it to the browser to be saved. */
export async function download(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Downloaded> {
  const response = await request(address, { headers });
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "map";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return { name, losses: lossesFrom(response.headers.get("x-losses")) };
}
