/**
 * How the text of a setting is read. Each type fails with what is wrong (the end of a sentence that begins with the
 * value) and with what to write instead.
 */
import ms from "ms";
import { z } from "zod";
import { resolveFromRoot } from "../environment.ts";

type TextType<T> = z.ZodPipe<z.ZodString, z.ZodTransform<T, string>>;

/** @param read gives `undefined` for text that it does not understand */
function readWith<T>(read: (text: string) => T | undefined, wrong: string, fix: string): TextType<T> {
  return z.string().transform((text, context): T => {
    const value = read(text.trim());
    if (value !== undefined) return value;
    context.issues.push({ code: "custom", input: text, message: wrong, params: { fix } });
    return z.NEVER;
  });
}

/** Any text, kept as it is (a secret may begin with a space). */
export const text = (): z.ZodString => z.string();

/** A TCP port; 0 lets the system choose. */
export const port = () =>
  readWith(
    (value) => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : undefined),
    "is not a port",
    "Write a whole number from 0 to 65535.",
  );

/** A duration in whole milliseconds, at least 1 (Redis refuses a fraction of one). */
export const duration = () =>
  readWith(
    (value) => {
      // A number alone would be milliseconds to `ms`, which nobody means who writes 30.
      if (!/^\d+(\.\d+)?\s*(ms|s|m|h|d|w)$/.test(value)) return undefined;
      const milliseconds = Math.round(ms(value as ms.StringValue));
      return milliseconds >= 1 && Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
    },
    "is not a duration",
    "Write a number with ms, s, m, h, d or w: 500ms, 25s, 8d.",
  );

const bytesPerUnit: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** A size in whole bytes, at least 1. */
export const size = () =>
  readWith(
    (value) => {
      const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value) ?? [];
      const factor = bytesPerUnit[unit?.toLowerCase() ?? "none"];
      if (factor === undefined) return undefined;
      const bytes = Math.round(Number(number) * factor);
      return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : undefined;
    },
    "is not a size",
    "Write bytes or a number with KiB, MiB, GiB (or kB, MB, GB): 8MiB, 1 GiB, 1048576.",
  );

/** One of some words. */
export const oneOf = <const T extends string>(words: readonly T[]) =>
  readWith(
    (value) => words.find((word) => word === value.toLowerCase()),
    `is not one of ${words.join(", ")}`,
    `Write ${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}.`,
  );

/** Words with commas between them; at least one. */
export const list = (item: RegExp, wrong: string, fix: string) =>
  readWith(
    (value): readonly string[] | undefined => {
      const items = value.split(",").map((part) => part.trim());
      return items.every((part) => item.test(part)) ? [...new Set(items)] : undefined;
    },
    wrong,
    fix,
  );

/** `host:port` with commas between; an IPv6 address stands in brackets. */
export const hostsAndPorts = (example: string) =>
  list(
    /^(?:\[[^\]\s]+\]|[^\s:@/]+):\d{1,5}$/,
    "is not a list of host:port",
    `Write host:port with commas between them, as in ${example}.`,
  );

/** An URL of one of some schemes, as written but for a slash at its end. */
export const url = (schemes: readonly string[], example: string) =>
  readWith(
    (value) =>
      URL.canParse(value) && schemes.includes(new URL(value).protocol) ? value.replace(/\/$/, "") : undefined,
    `is not a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`,
    `Write it as in ${example}.`,
  );

/**
 * A web address to send to, kept as written. A user and password in it are refused, since `fetch` refuses them too,
 * with an error that quotes the address.
 */
export const target = (example: string) =>
  readWith(
    (value) => {
      if (!URL.canParse(value)) return undefined;
      const { protocol, username, password } = new URL(value);
      return /^https?:$/.test(protocol) && username === "" && password === "" ? value : undefined;
    },
    "is not a URL that begins with https:// or http://, without user and password",
    `Write it as in ${example}.`,
  );

/** A file or folder, made absolute; a relative one starts at the root of the repository. */
export const path = () =>
  readWith((value) => (value === "" ? undefined : resolveFromRoot(value)), "is not a path", "Write a path.");
