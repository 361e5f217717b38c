// @ts-check
/** `npm run bench`: installs and builds what is missing, then measures. `npm run bench -- --help` says what it takes. */
import { bootstrap } from "./bootstrap.mjs";
import { run } from "./test/sections.mjs";

await bootstrap();
const source = ["--conditions=misskeep-source", "--import", "tsx", "bench/main.ts"];
const { code } = await run(process.execPath, [...source, ...process.argv.slice(2)]);
process.exitCode = code ?? 1;
