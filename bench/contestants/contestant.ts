import type { Program } from "../host/program.ts";
import type { Fsync, RunRedis } from "../host/redis.ts";

/** What one run gives its contestant. */
export interface Scene {
  readonly redis: RunRedis;
  readonly fsync: Fsync;
  /** The copy of the repository whose apps are measured. */
  readonly root: string;
  /** Removed after the run. */
  readonly folder: string;
}

/** A contestant that takes deliveries. */
export interface RunningDoor {
  readonly urls: readonly string[];
  /** Whose CPU time is the contestant's. */
  readonly programs: readonly Program[];
  /** Event ids of what is kept, as often as it is kept; undefined: it keeps nothing. */
  kept(): Promise<readonly string[] | undefined>;
}

/** Something that people would put where Misskey's webhook arrives. */
export interface DoorContestant {
  readonly name: string;
  readonly title: string;
  /** What an answer means, in a few words. */
  readonly promise: string;
  readonly usesRedis: boolean;
  /** Too slow, or too unlike, to stand in every table. */
  readonly isAside?: boolean;
  /** @returns why it cannot be measured here; undefined if it can */
  whyAbsent?(): Promise<string | undefined>;
  start(scene: Scene): Promise<RunningDoor>;
}
