// @ts-check
/** `npm start`: installs and builds what is missing, then runs Redis, ingest, worker and console in this terminal. */
import { bootstrap, BootstrapError } from "./bootstrap.mjs";

try {
  await bootstrap();
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exit(1);
}
// In this process rather than in one more: Ctrl-C has one place to arrive at.
await import("../apps/launcher/dist/main.js");
