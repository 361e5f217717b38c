/**
 * What a log line may not hold, found by name at any depth that is logged, and by form (passwords in URLs).
 *
 * pino's own `redact` takes exact paths only, and so would miss `config.DISCORD_TOKEN` or `X-Firefish-Hook-Secret`.
 */
import { maskUrl } from "./mask-url.ts";
import { plain } from "./plain.ts";
import { describeError } from "./describe-error.ts";

const SECRET_NAME = /secret|token|authorization|password|passwd|cookie|credential|api[-_]?key/i;
/** How long a secret is may be told. */
const ABOUT_A_SECRET = /(length|count)s?$/i;
const REDACTED = "[redacted]";
const MAX_DEPTH = 6;

/**
 * @param value what is about to be logged; it is not changed
 * @returns a copy without secrets; objects of classes are left to pino's serialisers, buffers become their size
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return maskUrl(plain(value));
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return redact(describeError(value), depth);
  if (value instanceof URL) return maskUrl(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (!Array.isArray(value) && !isPlain(value)) return value;
  if (depth >= MAX_DEPTH) return "[too deep to log]";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactFields(value, depth);
}

/** As `redact`, for an object whose own fields are logged. */
export function redactFields(value: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name) ? REDACTED : redact(inner, depth + 1),
    ]),
  );
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
