/**
 * The suite's only source of chance. What is drawn depends on the seed and on a label, never on the order in which
 * things happen to run: two runs of one seed send the same bodies and plan the same faults.
 */
import { createHash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Random {
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  /** True with a probability from 0 to 1. */
  chance(probability: number): boolean;
  /** @throws Error if there is nothing to pick from */
  pick<T>(from: readonly T[]): T;
  /** Another source, the same for the same label whatever was drawn from this one. */
  fork(label: string): Random;
}

const FINE = 1_000_000;

export function createRandom(seed: number, path = ""): Random {
  const digest = createHash("sha256").update(`${seed}/${path}`).digest();
  const generator = xoroshiro128plus(digest.readInt32LE(0));
  const int = (min: number, max: number): number => uniformInt(generator, min, max);
  return {
    int,
    chance: (probability) => int(0, FINE - 1) < probability * FINE,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new Error("Nothing to pick from");
      return from[int(0, from.length - 1)] as T;
    },
    fork: (label) => createRandom(seed, `${path}/${label}`),
  };
}
