// @ts-check
/** The second half of `npm run build`: the console's page, if anything of it changed. */
import { BootstrapError, buildPage } from "./bootstrap.mjs";

try {
  await buildPage();
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exit(1);
}
