import type { Processor } from "@misskeep/processor";
import { discord } from "./discord.ts";
import { log } from "./log.ts";
import { relay } from "./relay.ts";
import { slack } from "./slack.ts";

/** The processors that ship. A new one is a file beside this one and a line here. */
export const shippedProcessors: readonly Processor[] = [log(), relay(), discord(), slack()];
