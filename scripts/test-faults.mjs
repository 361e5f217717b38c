// @ts-check
/**
 * `npm run test:faults`: breaks a whole deployment at random moments and judges what held. See docs/faults.md.
 *
 * Without arguments it is the short form, for CI, with the tests of the suite itself; its last line is for programs, as
 * that of `npm test`: `<n> passed, <n> failed`. With arguments (`-- --long`) it is the program test/faults/main.ts.
 */
import { bootstrap } from "./bootstrap.mjs";
import { installAndBuild, run, runSections, runTests } from "./test/sections.mjs";

const args = process.argv.slice(2);

if (args.length === 0) {
  await runSections([installAndBuild, { title: "faults", run: () => runTests("faults") }]);
} else {
  await bootstrap();
  const source = ["--conditions=misskeep-source", "--import", "tsx", "test/faults/main.ts"];
  const { code } = await run(process.execPath, [...source, ...args]);
  process.exitCode = code ?? 1;
}
