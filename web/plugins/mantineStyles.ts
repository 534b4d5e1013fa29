import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const IMPORTED = /@mantine\/core\/styles\/(\w+)\.css/g;
const STYLED = /[\\/]@mantine[\\/]core[\\/]esm[\\/].*?(\w+)\.module\.mjs$/;
const ALWAYS = new Set(["baseline", "global"]);

/** Ends the build where the list of Mantine's styles lacks a component that is used, or has one that is not. */
export function mantineStyles(list: URL): Plugin {
  return {
    name: "desireline-mantine-styles",
    apply: "build",
    async generateBundle(_options, bundle) {
      const text = await readFile(list, "utf8");
      const imported = new Set([...text.matchAll(IMPORTED)].map((found) => found[1] ?? ""));
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const used = new Set(modules.map((id) => STYLED.exec(id)?.[1] ?? "").filter((name) => name !== ""));
      const lacking = [...used].filter((name) => !imported.has(name));
      const needless = [...imported].filter((name) => name !== "" && !used.has(name) && !ALWAYS.has(name));
      if (lacking.length + needless.length > 0) this.error(tell(lacking, needless));
    },
  };
}

function tell(lacking: readonly string[], needless: readonly string[]): string {
  const lines = [
    ...lacking.map((name) => `add @import "@mantine/core/styles/${name}.css", in the order of Mantine's styles.css`),
    ...needless.map((name) => `take out ${name}.css: nothing uses it any more`),
  ];
  return `src/mantine.css has to name the styles of the components that are used:\n  ${lines.join("\n  ")}`;
}
