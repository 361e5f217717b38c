/** Tells people what is wrong, once per cause and hour, and when it is solved. See docs/alerts.md. */
export type { AlerterDeps, AlertTargets } from "./alerter.ts";
export type { Readings } from "./facts.ts";
export { readFacts } from "./read-facts.ts";
export { startAlerting } from "./start-alerting.ts";
