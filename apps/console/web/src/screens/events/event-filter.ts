/** Which events of the inbox are meant. Times of receipt, ms since 1970. */
export interface EventFilter {
  readonly type?: string | undefined;
  readonly hook?: string | undefined;
  readonly person?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** From the address, where anybody may have written anything: what is no time is left out. */
export function readFilter(get: (key: string) => string | undefined): EventFilter {
  return {
    type: get("type"),
    hook: get("hook"),
    person: get("person"),
    from: toTime(get("from")),
    to: toTime(get("to")),
  };
}

/** As the address has it. */
export function writeFilter({
  type,
  hook,
  person,
  from,
  to,
}: EventFilter): Record<string, string | undefined> {
  return { type, hook, person, from: from?.toString(), to: to?.toString() };
}

export function isEmpty(filter: EventFilter): boolean {
  return Object.values(filter).every((value) => value === undefined || value === "");
}

/** As many digits as are a time in every zone. */
function toTime(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
