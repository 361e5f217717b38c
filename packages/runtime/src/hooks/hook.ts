/** A webhook that someone registered in Misskey, by our name for it. */
export interface Hook {
  readonly name: string;
  /** At least one. Several while one is being changed: resends still carry the old one. */
  readonly secrets: readonly string[];
  /** The only server that may send for it, as an origin: `https://misskey.example`. */
  readonly server?: string;
  /** Misskey's own id of the webhook, the only one that may send for it. */
  readonly hookId?: string;
}

export const HOOK_NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** Whose a secret without a name is. */
export const DEFAULT_HOOK = "default";

/**
 * What the start prints so that a person can check how the settings were understood: names, how many secrets and how
 * long each is. Never a secret.
 */
export function describeHooks(hooks: readonly Hook[]): string {
  return hooks
    .map(({ name, secrets, server, hookId }) => {
      const lengths = secrets.map((secret) => secret.length).join(" and ");
      const count = secrets.length === 1 ? "a secret" : `${secrets.length} secrets`;
      const pins = [server && `only from ${server}`, hookId && `only hook ${hookId}`].filter(Boolean);
      return [`${name}: ${count} of ${lengths} characters`, ...pins].join(", ");
    })
    .join("\n");
}
