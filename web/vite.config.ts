import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./plugins/compressed.ts";
import { mantineStyles } from "./plugins/mantineStyles.ts";
import { swapped } from "./plugins/swapped.ts";

/** From so many pages on a module is in one file with the others of its kind: each file of its own costs a request. */
const MANY_PAGES = 10;

export default defineConfig({
  plugins: [react(), mantineStyles(new URL("src/mantine.css", import.meta.url)), compressed(), swapped()],
  build: {
    outDir: "../src/desireline/app/server/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // Older ones do not know light-dark(); what the minifier puts in its place does not work with Mantine.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", tags: ["$initial"], priority: 2, includeDependenciesRecursively: false },
            { name: "icons", test: /@tabler[\\/]icons/, minShareCount: 2, priority: 1 },
            { name: "often", minShareCount: MANY_PAGES },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { "/api": { target: "http://127.0.0.1:8321", ws: true } } },
  test: { environment: "happy-dom", setupFiles: ["src/test/setup.ts"], restoreMocks: true, testTimeout: 60_000 },
});
