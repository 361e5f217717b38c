/** What the two readers of hooks hand to parse.ts. */

/** One configured secret, before it is checked. */
export interface SecretEntry {
  /** The setting that it comes from. */
  readonly setting: string;
  /** Its place there, for messages. */
  readonly where: string;
  /** The hook's name. */
  readonly name: string;
  readonly secret: string;
  readonly warning?: string;
}

/** What narrows a hook to one sender. */
export interface HookPins {
  readonly name: string;
  readonly server?: string | undefined;
  readonly hookId?: string | undefined;
}
