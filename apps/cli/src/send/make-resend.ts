import { type Context, listEvents, showEvent, toFixture } from "@misskeep/operations";
import type { Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { withContext } from "../with-context.ts";
import type { Sender } from "./choose-secret.ts";
import type { MadeDelivery } from "./make-delivery.ts";

const SECRET = "x-misskey-hook-secret";

/**
 * Makes the last event's delivery once more, byte for byte and with Misskey's own event id, as Misskey does when it
 * got no answer in time.
 *
 * @param type which event is meant; undefined: the last one of any
 * @param senderOf chooses the secret of a hook; secrets are not kept with events
 * @throws CliError `EVENT_NOT_FOUND`, `ERASED`, and those of `senderOf`
 */
export async function makeResend(
  deps: Deps,
  type: string | undefined,
  senderOf: (hook: string | undefined) => Promise<Sender>,
): Promise<() => MadeDelivery> {
  const event = await withContext(deps, async (context) => {
    const id = await findLast(context, type);
    return id === undefined ? undefined : showEvent(context, id, { raw: true });
  });
  if (event === undefined)
    throw new CliError(
      "EVENT_NOT_FOUND",
      `The inbox holds no event${type === undefined ? "" : ` of type ${type}`}: there is nothing to send again.`,
    );
  if (event.raw === undefined)
    throw new CliError("ERASED", `The content of ${event.id} was erased: it cannot be sent again.`);
  const { raw } = event;
  const { secret } = await senderOf(event.hook);
  const { headers } = toFixture({ ...event, raw });
  const body = "utf8" in raw ? Buffer.from(raw.utf8, "utf8") : Buffer.from(raw.base64, "base64");
  const sent = Object.fromEntries(headers.map(([name, value]) => [name, name === SECRET ? secret : value]));
  return () => ({ headers: sent, body });
}

async function findLast(context: Context, type: string | undefined): Promise<string | undefined> {
  let before: string | undefined;
  for (;;) {
    const { events, next } = await listEvents(context, { limit: 1, type, before });
    const [event] = events;
    if (event !== undefined || next === null) return event?.id;
    before = next;
  }
}
