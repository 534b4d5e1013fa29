import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/desireline/app/server/static",
    emptyOutDir: true,
    target: "es2022",
    // Older ones do not know light-dark(); what the minifier puts in its place does not work with Mantine.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    chunkSizeWarningLimit: 1200,
  },
  server: { port: 5173, proxy: { "/api": { target: "http://127.0.0.1:8321", ws: true } } },
  test: { environment: "happy-dom", setupFiles: ["src/test/setup.ts"], restoreMocks: true, testTimeout: 60_000 },
});
