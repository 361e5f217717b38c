import type { Hook } from "../deps.ts";
import { CliError } from "../errors.ts";

/** What a delivery says of its sender. */
export interface Sender {
  readonly secret: string;
  /** What the hook is pinned to, which the delivery has to say. */
  readonly server?: string;
  readonly hookId?: string;
}

/**
 * Chooses whose secret to send: the named hook's, else that of `default`, else the first one's. Of several secrets the
 * first.
 *
 * @throws CliError `NO_SECRET`, `HOOK_NOT_FOUND`
 */
export function chooseSender(hooks: readonly Hook[], name: string | undefined): Sender {
  const hook =
    name === undefined
      ? (hooks.find((each) => each.name === "default") ?? hooks[0])
      : hooks.find((each) => each.name === name);
  const [secret] = hook?.secrets ?? [];
  if (hook === undefined || secret === undefined) {
    if (hooks.length === 0) {
      throw new CliError(
        "NO_SECRET",
        "No secret is known: MISSKEY_HOOK_SECRETS is not set. `npm start` makes one; or give --secret.",
      );
    }
    const names = hooks.map((each) => each.name).join(", ");
    throw new CliError("HOOK_NOT_FOUND", `There is no hook "${name ?? ""}". There are: ${names}.`);
  }
  return {
    secret,
    ...(hook.server === undefined ? {} : { server: hook.server }),
    ...(hook.hookId === undefined ? {} : { hookId: hook.hookId }),
  };
}
