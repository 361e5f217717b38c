export type { DeadFilter, DeadSort } from "@misskeep/queue";
