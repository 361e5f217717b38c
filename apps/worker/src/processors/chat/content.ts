import type { DriveFile, Note } from "@misskeep/schema";
import { httpUrl } from "./links.ts";
import type { Content } from "./message.ts";
import { cleanText } from "./text.ts";

/** Both services show four well; Misskey takes sixteen. */
const MOST_IMAGES = 4;

/** What a note holds. Whether it may be shown is for the caller to ask. */
export function noteContent({ cw, text, files = [] }: Note): Content {
  const isImage = ({ type }: DriveFile): boolean => type?.startsWith("image/") === true;
  // Only `false` says that a file may be shown: the flag can be missing.
  const isOpen = ({ isSensitive }: DriveFile): boolean => isSensitive === false;
  const urls = (some: readonly DriveFile[]): string[] => some.flatMap(({ url }) => httpUrl(url) ?? []);
  const shown = files.filter(isImage).slice(0, MOST_IMAGES);
  return {
    ...(typeof cw === "string" ? { warning: cleanText(cw) } : {}),
    text: cleanText(text ?? ""),
    images: urls(shown.filter(isOpen)),
    sensitiveImages: urls(shown.filter((file) => !isOpen(file))),
  };
}
