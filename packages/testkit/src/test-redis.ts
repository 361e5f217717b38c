/** A Redis server of a test's own, configured as Misskeep wants it, that the test may maltreat. */
export interface TestRedis {
  /** The same after a restart. */
  readonly url: string;
  /** As by SIGKILL: at once, nothing is written any more. */
  kill(): Promise<void>;
  /** Starts it again on its data, after ending it by SIGKILL if it still runs. */
  restart(): Promise<void>;
  /** Its connections stay open and it answers nothing, until `thaw`. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/** A database index for every test of a run. */
export const DATABASES = 10_000;
