// Runs every check on this repository: node scripts/check.mjs [name…]
//
// One line per check, the whole output of those that fail, and at the end a line for programs:
// `checks: 7 passed, 1 failed`. Exits with 1 if one fails. The packages have to be installed and built.
import { gates } from "./checks/gates.mjs";
import { repository } from "./checks/run-tool.mjs";

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in gates));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(", ")}. There are: ${Object.keys(gates).join(", ")}.`);
  process.exit(2);
}

/** @returns {Promise<boolean>} whether it passed */
async function runGate(name) {
  const start = performance.now();
  const { ok, output } = await gates[name](repository).catch((error) => ({
    ok: false,
    output: String(error),
  }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? "ok  " : "FAIL"}  ${name.padEnd(9)} ${seconds.padStart(5)}s`);
  if (!ok) console.log(`${output.trim()}\n`);
  return ok;
}

const [first, ...others] = wanted.length > 0 ? wanted : Object.keys(gates);
// The first one brings the build up to date, which others read.
const results = [await runGate(first)];
const take = async () => {
  for (let name = others.shift(); name !== undefined; name = others.shift())
    results.push(await runGate(name));
};
// Two at a time: most of them keep one core busy and then wait for files.
await Promise.all([take(), take()]);

const failed = results.filter((ok) => !ok).length;
console.log(`checks: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
