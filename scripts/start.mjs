// @ts-check
/** `npm start`: installs and builds what is missing, then runs Redis, ingest and worker in this terminal. */
import { bootstrap } from "./bootstrap.mjs";

await bootstrap({ projects: ["apps/ingest", "apps/worker", "apps/cli", "apps/launcher"] });
// In this process rather than in one more: Ctrl-C has one place to arrive at.
await import("../apps/launcher/dist/main.js");
