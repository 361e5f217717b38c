import type { AuditPage } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { ago, count, exact } from "../text/words.ts";
import { filterText } from "./filter.ts";
import { type Look, paragraph } from "./look.ts";
import { nextPage } from "./next-page.ts";

/** Who did what, newest first: a line each, and one more for why and with which conditions. */
export function auditView({ entries, next }: AuditPage, look: Look): string {
  const { paint, now } = look;
  if (entries.length === 0) return "Nobody has done anything yet that is written down.";
  const told = entries.map((entry) => {
    const filter = filterText(entry.filter, now);
    const head = `${paint.dim(exact(entry.at).slice(0, 19))}  ${paint.bold(entry.what)} ${oneLine(entry.target)}`;
    const many = entry.count === null || entry.count === 1 ? "" : ` (${count(entry.count, "job")})`;
    const rest = [...(entry.why === "" ? [] : [oneLine(entry.why)]), ...(filter === "" ? [] : [filter])];
    return [
      paragraph(`${head}${many}, by ${oneLine(entry.by)} ${paint.dim(ago(entry.at, now))}`, look, {
        rest: "  ",
      }),
      ...rest.map((text) => paragraph(text, look, { first: "  " })),
    ].join("\n");
  });
  return [told.join("\n"), paint.dim(nextPage(next).join("\n"))].filter((part) => part !== "").join("\n\n");
}
