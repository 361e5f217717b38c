import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page is built beside the server's own output, which serves it; while it is worked on, Vite serves it and asks
// the console on its usual port.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    // What is inlined as a data: URL would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
  },
  server: { proxy: { "/api": "http://127.0.0.1:3001" } },
});
