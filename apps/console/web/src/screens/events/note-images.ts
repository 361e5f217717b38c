import type { NoteContent } from "../../api/types.ts";

type File = NoteContent["files"][number];

/** Where a file's picture is: its preview if it has one. Only https, which is all that the page may load. */
export function imageAddress({ type, url, thumbnailUrl }: File): string | null {
  if (type === null || !type.startsWith("image/")) return null;
  const address = thumbnailUrl ?? url;
  return address !== null && URL.canParse(address) && new URL(address).protocol === "https:" ? address : null;
}

/** The hosts that would learn of it if the pictures were loaded. */
export function hostsOf(files: readonly File[]): readonly string[] {
  const addresses = files.map(imageAddress).filter((address) => address !== null);
  return [...new Set(addresses.map((address) => new URL(address).host))];
}
