import type { DiscardedPage } from "@misskeep/operations";
import { oneLine } from "../text/safe.ts";
import { table } from "../text/table.ts";
import { count, duration } from "../text/words.ts";
import type { Look } from "./look.ts";
import { nextPage } from "./next-page.ts";

/** Letters that were put away, the last one first. */
export function discardedView({ total, letters, next }: DiscardedPage, look: Look): string {
  const { paint, columns, now } = look;
  const [first] = letters;
  if (first === undefined) return total === 0 ? "Nothing is put away." : "None follow.";
  const rows = letters.map(({ id, processor, discarded: { by, why, at, until } }) => [
    id,
    duration(now - at),
    duration(until - now),
    processor,
    `${oneLine(why)} ${paint.dim(`(${oneLine(by)})`)}`,
  ]);
  const head = ["ID", "AGO", "KEPT", "PROCESSOR", "WHY"];
  return [
    `${count(total, "letter")} put away; after KEPT each is gone for good.`,
    table({ head, rows, widest: 18, whole: [0], right: [1, 2], columns, paintHead: paint.dim }),
    paint.dim(
      [...nextPage(next), `Make one dead again: misskeep dead recover ${first.processor} ${first.id}`].join(
        "\n",
      ),
    ),
  ].join("\n\n");
}
