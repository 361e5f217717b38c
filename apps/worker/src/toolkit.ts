import {
  defineProcessor,
  exponential,
  fixed,
  handled,
  ignored,
  Misconfigured,
  PermanentError,
  RetryLater,
} from "@misskeep/processor";
import { describe } from "@misskeep/schema";
import * as z from "zod";

/** What a file in PROCESSORS_DIR is given, so that it need not import anything of ours. */
export const toolkit = Object.freeze({
  defineProcessor,
  describe,
  exponential,
  fixed,
  handled,
  ignored,
  Misconfigured,
  PermanentError,
  RetryLater,
  z,
});

export type Toolkit = typeof toolkit;
