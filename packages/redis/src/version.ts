/** `SET … NX GET`, which `once` rests on, came with Redis 7.0. */
const OLDEST_VERSION = 7;

/** @param version of Redis or Valkey; one that is not known passes */
export function isTooOld(version: string): boolean {
  return Number.parseInt(version, 10) < OLDEST_VERSION;
}

export class RedisTooOld extends Error {
  override readonly name = "RedisTooOld";
  readonly code = "REDIS_TOO_OLD";

  constructor(version: string) {
    super(`Redis ${version} is too old. Use Redis 7.0 or newer, or Valkey.`);
  }
}
