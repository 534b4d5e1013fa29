import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(css|html|js|json|svg)$/;
const WORTH_BYTES = 1_000;
const compress = promisify(brotliCompress);

/** Puts a copy made small with Brotli beside each file of the build, `main.js.br`; the server gives it to whoever can read it. */
export function compressed(): Plugin {
  return {
    name: "desireline-compressed",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const folder = dir ?? ".";
      const names = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name) && !name.startsWith("."));
      await Promise.all(names.map((name) => compressFile(join(folder, name))));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < WORTH_BYTES) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${path}.br`, await compress(content, { params }));
}
