/** The processors that ship. A new one is a file beside this one and a line here. */
export { default as discord } from "./discord.ts";
export { default as log } from "./log.ts";
export { default as relay } from "./relay.ts";
export { default as slack } from "./slack.ts";
