import type { FindCauses } from "../cause.ts";
import { ours, say, type Text } from "../text/text.ts";
import { count, names, since } from "../text/words.ts";

/** What to do. A reason that is not here is told all the same. */
const ADVICE: Readonly<Record<string, string>> = {
  "wrong-secret": "Compare the secret in Misskey with MISSKEY_HOOK_SECRETS.",
  "no-secret": "The webhook has no secret, or somebody else sends.",
  "too-large": "Raise MAX_BODY_BYTES.",
};

/**
 * Deliveries that were refused; Misskey does not send them again. One cause a reason, not a host: hosts are what the
 * sender says, and whoever sends from a thousand must not cause a thousand messages.
 */
export const refused: FindCauses = ({ refused: all, at }) =>
  all.map(({ reason, count: deliveries, since: first, hosts }) => ({
    id: `refused:${reason}`,
    level: "notice",
    title: say`deliveries are refused (${reason})`,
    what: say`${count(deliveries, "delivery", "deliveries")} refused (${reason}) since ${since(first, at)}${from(
      hosts,
    )}. Misskey does not send them again. ${ours(ADVICE[reason] ?? "")}`,
    help: { command: "misskeep status", path: "/" },
  }));

function from(hosts: readonly string[]): Text {
  return hosts.length === 0 ? [] : say`, from ${names(hosts, 3)}`;
}
