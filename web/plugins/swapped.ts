import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Plugin } from "vite";

/**
 * Builds into a folder of its own beside the one that is served, and puts it in its place when it is whole: a server that runs
 * always has one.
 */
export function swapped(): Plugin {
  let served = "";
  let written = "";
  let isWhole = false;
  return {
    name: "desireline-swapped",
    apply: "build",
    config(config) {
      served = config.build?.outDir ?? "dist";
      return { build: { outDir: `${served}.${process.pid}.new` } };
    },
    configResolved({ root, build }) {
      written = resolve(root, build.outDir);
      served = resolve(root, served);
    },
    writeBundle: {
      order: "post",
      sequential: true,
      handler() {
        isWhole = true;
      },
    },
    async closeBundle() {
      if (isWhole) await swap(written, served);
      else await rm(written, { recursive: true, force: true });
    },
  };
}

async function swap(written: string, served: string): Promise<void> {
  const before = `${served}.${process.pid}.old`;
  if (existsSync(served)) await rename(served, before);
  await rename(written, served);
  await rm(before, { recursive: true, force: true });
}
