import type { EventContent, NoteContent, PersonContent } from "@misskeep/operations";
import { lines, oneLine } from "../text/safe.ts";
import { type Look, paragraph } from "./look.ts";

/** What an event says, as a person would read it. Whoever asks for it wants it whole: nothing is folded. */
export function contentView(content: EventContent | null, look: Look): string {
  const { paint } = look;
  if (content === null) return paint.dim("There is nothing of it to show as text.");
  const { note, people, reaction, isPrivate } = content;
  return [
    ...(isPrivate ? [paint.yellow("Private: not for everybody.")] : []),
    ...(reaction === null ? [] : [`Reaction ${oneLine(reaction)}`]),
    ...people.map((person) => personText(person)),
    ...(note === null ? [] : noteLines(note, look, "")),
  ].join("\n");
}

function noteLines(note: NoteContent, look: Look, indent: string): string[] {
  const { paint } = look;
  const { author, visibility, localOnly, cw, text, files, reply, renote, url } = note;
  const where = [oneLine(visibility), ...(localOnly ? ["local only"] : [])].join(", ");
  const inside = `${indent}  `;
  return [
    `${indent}${paint.bold(personText(author))} ${paint.dim(`(${where})`)}`,
    ...(cw === null
      ? []
      : [paragraph(`content warning: ${oneLine(cw)}`, look, { first: inside, paint: paint.yellow })]),
    ...(text === null ? [] : lines(text).map((line) => paragraph(line, look, { first: inside }))),
    ...files.map(({ name, type, isSensitive }) =>
      paint.dim(
        `${inside}file ${oneLine(name ?? "without a name")} (${oneLine(type ?? "unknown")}${isSensitive ? ", sensitive" : ""})`,
      ),
    ),
    ...(url === null ? [] : [paint.dim(`${inside}${oneLine(url)}`)]),
    ...(reply === null ? [] : [`${inside}in reply to`, ...noteLines(reply, look, inside)]),
    ...(renote === null ? [] : [`${inside}quotes`, ...noteLines(renote, look, inside)]),
  ];
}

function personText({ name, handle, isBot }: PersonContent): string {
  return `${name === null ? "" : `${oneLine(name)} `}${oneLine(handle)}${isBot ? " (bot)" : ""}`;
}
