import type { RawBody } from "@misskeep/operations";
import { escaped, toJson } from "../text/safe.ts";

/** A body as a person can read it, with nothing in it that a terminal obeys. */
export function rawBodyView(raw: RawBody): string {
  if ("base64" in raw) return `(not UTF-8; as base64)\n${raw.base64.replace(/(.{76})/g, "$1\n")}`;
  if (raw.utf8 === "") return "(empty)";
  try {
    return toJson(JSON.parse(raw.utf8));
  } catch {
    return raw.utf8.split("\n").map(escaped).join("\n");
  }
}
