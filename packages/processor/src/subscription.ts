/** Which events a processor wants. */
export interface Subscription {
  /** Event types; `"*"` is every type. */
  readonly on: readonly string[];
  /** Only events of these hooks; absent: of every hook. */
  readonly hooks?: readonly string[];
}

/** Whether a subscription covers an event. */
export function covers(subscription: Subscription, event: { type: string; hook: string }): boolean {
  const { on, hooks } = subscription;
  return (on.includes("*") || on.includes(event.type)) && (hooks === undefined || hooks.includes(event.hook));
}
