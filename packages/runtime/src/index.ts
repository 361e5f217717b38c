export {
  childEnvironment,
  type Environment,
  type EnvironmentOptions,
  findDotenvFile,
  findRoot,
  readEnvironment,
} from "./environment.ts";
export { type EventLoopWatch, watchEventLoop } from "./event-loop.ts";
export { describeHooks, type Hook } from "./hooks/hook.ts";
export { type HookSettings, type ParsedHooks, parseHooks } from "./hooks/parse.ts";
export {
  type InternalServer,
  type InternalServerOptions,
  type Readiness,
  serveInternal,
} from "./internal-server.ts";
export { createLogger, type Logger, type LoggerOptions } from "./logging/logger.ts";
export { maskUrl } from "./logging/mask-url.ts";
export { createRegistry } from "./metrics.ts";
export {
  type CliSettings,
  cliSettings,
  type ConsoleSettings,
  consoleSettings,
  type IngestSettings,
  ingestSettings,
  type LauncherSettings,
  launcherSettings,
  type RedisSettings,
  redisSettings,
  type WorkerSettings,
  workerSettings,
} from "./settings/catalogues.ts";
export type { ConsoleToken } from "./settings/console-tokens.ts";
export { loadConsoleSettings, type LoadedConsole } from "./settings/load-console.ts";
export { loadSettings, readValues } from "./settings/load.ts";
export { type LoadedIngest, loadIngestSettings } from "./settings/load-ingest.ts";
export { exitOnSettingsError, type Mistake, SettingsError } from "./settings/mistakes.ts";
export type { Durability } from "./settings/parts.ts";
export { type Catalogue, listSettings, type SettingInfo } from "./settings/setting.ts";
export { type Shutdown, type ShutdownOptions, type ShutdownProcess, shutdownOn } from "./shutdown.ts";
export { version } from "./version.ts";
