import { acknowledgeFirst } from "./acknowledge-first.ts";
import type { Canary } from "./canary.ts";
import { checkThenSet } from "./check-then-set.ts";
import { deleteConsumer } from "./delete-consumer.ts";
import { keepSilentConnection } from "./keep-silent-connection.ts";
import { answerBeforeFolderSync, answerBeforeSync, removeBeforeSynced } from "./spool.ts";
import { stayWithReplaced } from "./stay-with-replaced.ts";
import { trimByLastDelivered } from "./trim-by-last-delivered.ts";

export const canaries: readonly Canary[] = [
  checkThenSet,
  answerBeforeSync,
  answerBeforeFolderSync,
  acknowledgeFirst,
  trimByLastDelivered,
  deleteConsumer,
  removeBeforeSynced,
  keepSilentConnection,
  stayWithReplaced,
];
