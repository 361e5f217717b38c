import type { DeadFilter } from "@misskeep/queue";
import { readHandle } from "@misskeep/schema";
import { OperationError } from "./errors.ts";

/** Characters. Longer than any event type, hook or error's name that is kept. */
const LONGEST = 1_000;

/**
 * Refuses what no dead letter could ever meet because it makes no sense, rather than find nothing.
 *
 * @throws OperationError `INVALID_FILTER`
 */
export function checkDeadFilter(filter: DeadFilter): void {
  const { group, person, text, minAttempts, maxAttempts, diedAfter, diedBefore } = filter;
  if (group !== undefined && !/^[0-9a-f]{12}$/.test(group))
    refuse("A group is named by 12 hexadecimal digits, as `dead groups` shows them.");
  if (person !== undefined && readHandle(person) === undefined)
    refuse("A person is named like @alice@example.tld, or @alice for a user of the server itself.");
  if (text !== undefined && text.trim() === "") refuse("There is no text to search for.");
  for (const [name, value] of Object.entries(filter) as [string, unknown][])
    if (typeof value === "string" && value.length > LONGEST) refuse(`${name} is too long.`);
  for (const value of [minAttempts, maxAttempts, diedAfter, diedBefore])
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      refuse("Attempts and times are whole numbers; times are milliseconds since 1970.");
  if ((minAttempts ?? 0) > (maxAttempts ?? Infinity)) refuse("The least attempts are more than the most.");
  if ((diedAfter ?? 0) > (diedBefore ?? Infinity)) refuse("The time begins after it ends.");
}

function refuse(message: string): never {
  throw new OperationError("INVALID_FILTER", message);
}
