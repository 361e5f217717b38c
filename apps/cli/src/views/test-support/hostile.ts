/** Text that a terminal would obey, and what else every view is given. */
import { createPaint } from "../../text/paint.ts";
import type { Look } from "../look.ts";

export const NOW = 1_795_485_891_939;
export const look: Look = { paint: createPaint(false), columns: 80, now: NOW };
export const EVIL = "\u001B]0;pwned\u0007\u001B[2J\u009B31mBobby\r\nroot# \u202Egpj";
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
export const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/;

export const ID = "0-1795485891939-0";

export const error = {
  name: EVIL,
  message: `${EVIL} `.repeat(20),
  code: EVIL,
  stack: `${EVIL}\n    at ${EVIL}`,
};
