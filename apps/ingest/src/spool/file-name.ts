import { randomBytes } from "node:crypto";

/**
 * What a spool file's name tells, so that a spool of a million files is measured without opening one.
 *
 * | name | is |
 * |---|---|
 * | `<receivedAt>-<bytes>-<random>.event` | a spooled delivery |
 * | `.…` | one that is being written, or something of the file system's own: left alone |
 * | anything else | foreign |
 */
export interface SpoolFileName {
  readonly name: string;
  /** When the delivery arrived, ms since 1970. */
  readonly receivedAt: number;
  /** Of the whole file. */
  readonly bytes: number;
}

const NAME = /^(\d{15})-(\d{1,12})-[0-9a-f]{16}\.event$/;

/** A name that no other file has, whoever else writes. */
export function makeName(receivedAt: number, bytes: number): string {
  return `${String(receivedAt).padStart(15, "0")}-${bytes}-${randomBytes(8).toString("hex")}.event`;
}

/** @returns undefined if it is not the name of a spooled delivery */
export function parseName(name: string): SpoolFileName | undefined {
  const [, receivedAt, bytes] = NAME.exec(name) ?? [];
  return bytes === undefined ? undefined : { name, receivedAt: Number(receivedAt), bytes: Number(bytes) };
}

/** Under this name a file is written; it is a delivery only once it has its own. */
export function partOf(name: string): string {
  return `.${name}.part`;
}

/** @returns when a file that is being written was begun (its delivery's arrival); undefined for any other name */
export function partSince(name: string): number | undefined {
  return name.startsWith(".") && name.endsWith(".part")
    ? parseName(name.slice(1, -".part".length))?.receivedAt
    : undefined;
}
