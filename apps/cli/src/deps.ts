import type { Terminal } from "./terminal.ts";

/** The settings that the command line reads; see packages/runtime. */
export interface Settings {
  readonly redisUrl?: string | undefined;
  readonly redisSentinels?: readonly string[] | undefined;
  readonly redisSentinelMaster: string;
  readonly redisSentinelPassword?: string | undefined;
  readonly durability: "disk" | "second" | "none";
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
}

export interface Hook {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly server?: string;
  readonly hookId?: string;
}

/** What every command gets. */
export interface Deps {
  readonly terminal: Terminal;
  /** @throws SettingsError */
  settings(): Promise<Settings>;
  /** @throws SettingsError */
  hooks(): Promise<readonly Hook[]>;
  /** Who sits here, for what is recorded. */
  readonly user: string;
  /** The command that this process is, for a shell that asks it what could follow. */
  readonly self: readonly string[];
  /** ms since 1970 */
  readonly now: () => number;
}

/** What every command can be told. */
export interface CommonOptions {
  readonly json?: boolean;
}
