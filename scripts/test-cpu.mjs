// @ts-check
/**
 * `npm run test:cpu`: compares the CPU that ingest takes for a delivery with what bare Fastify takes, in the same run.
 * See bench/guard/. Its last line is for programs, as that of `npm test`: `<n> passed, <n> failed`.
 */
import { installAndBuild, runSections, runTests } from "./test/sections.mjs";

await runSections([installAndBuild, { title: "cpu", run: () => runTests("cpu") }]);
