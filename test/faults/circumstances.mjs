// Loaded with --import into each app: changes the circumstances in which it runs while a file says so. The file holds
// JSON: `{"clockMs": 90000}` shifts the wall clock, as an administrator or a time server may; the monotonic clock
// goes on as it did.
import { readFileSync } from "node:fs";

const file = process.env.FAULTS_CIRCUMSTANCES;
if (!file) throw new Error("circumstances.mjs needs FAULTS_CIRCUMSTANCES.");

let shift = 0;
const RealDate = Date;
const realNow = Date.now.bind(Date);

class ShiftedDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(realNow() + shift);
    else super(...args);
  }
  static now() {
    return realNow() + shift;
  }
}
globalThis.Date = ShiftedDate;

const look = () => {
  try {
    shift = Number(JSON.parse(readFileSync(file, "utf8")).clockMs ?? 0);
  } catch {
    // Not there, or being written.
  }
};
look();
setInterval(look, 100).unref();
