import type { Processor } from "@misskeep/processor";
import type { ProcessorSetting } from "@misskeep/queue";

/**
 * A processor's settings as anybody may see them, read-only guests of the console included.
 *
 * A value is a secret unless its schema says `.meta({ secret: false })`, or cannot hold one: a yes or no, a number,
 * one of some words. Authors forget to mark; so nothing is shown that is not known to be harmless.
 *
 * | a secret | shown as |
 * |---|---|
 * | a URL | `https://….pipedream.net/••••`: its scheme and domain, since a subdomain can be a secret too |
 * | anything else | `•••• 24 characters` |
 *
 * @param values the environment; an empty value counts as not set
 */
export function describeSettings(
  { config }: Pick<Processor, "config">,
  values: Readonly<Record<string, string | undefined>>,
): readonly ProcessorSetting[] {
  return Object.entries(config.shape).map(([name, schema]) => {
    const value = values[name] || undefined;
    const secret = isSecret(schema as Schema);
    if (value === undefined) return { name, isSet: false, value: null, secret };
    return { name, isSet: true, value: secret ? mask(value) : clip(value), secret };
  });
}

/** What is looked at of a zod schema. */
interface Schema {
  readonly meta?: () => { readonly secret?: unknown } | undefined;
  readonly def?: { readonly type?: string; readonly innerType?: Schema; readonly out?: Schema };
}

const HARMLESS = new Set(["boolean", "number", "int", "bigint", "enum", "literal"]);

function isSecret(schema: Schema): boolean {
  const said = schema.meta?.()?.secret;
  if (typeof said === "boolean") return said;
  const { type = "", innerType, out } = schema.def ?? {};
  // Wrappers: optional, default, …; and a pipe, such as text that becomes a yes or no.
  if (innerType) return isSecret(innerType);
  if (type === "pipe" && out) return isSecret(out);
  return !HARMLESS.has(type);
}

function mask(value: string): string {
  const url = /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined) {
    const { length } = [...value];
    return `•••• ${length} ${length === 1 ? "character" : "characters"}`;
  }
  const port = url.port === "" ? "" : `:${url.port}`;
  const hasMore = url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "";
  return `${url.protocol}//${domainOf(url.hostname)}${port}${hasMore ? "/••••" : ""}`;
}

function domainOf(hostname: string): string {
  const labels = hostname.split(".");
  const isAddress = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  return isAddress || labels.length <= 2 ? hostname : `….${labels.slice(-2).join(".")}`;
}

/** Long values are cut: the heartbeat carries them. */
function clip(value: string): string {
  return value.length > 100 ? `${value.slice(0, 100)}…` : value;
}
