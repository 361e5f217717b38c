import { channel } from "node:diagnostics_channel";

/**
 * Points between two writes where a crash is interesting. Each is a diagnostics channel: free while nobody
 * listens, and a test can kill the process exactly there.
 *
 * | channel | at that moment |
 * |---|---|
 * | `misskeep:dispatched` | the jobs of a batch are in their queues, the inbox does not know |
 * | `misskeep:step-done` | a step took effect, its record is not written |
 * | `misskeep:handled` | a handler returned, its outcome is not recorded |
 * | `misskeep:recorded` | an outcome is recorded, BullMQ does not know |
 */
export const marks = {
  dispatched: channel("misskeep:dispatched"),
  stepDone: channel("misskeep:step-done"),
  handled: channel("misskeep:handled"),
  recorded: channel("misskeep:recorded"),
};
