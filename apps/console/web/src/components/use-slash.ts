import { useHotkeys } from "@mantine/hooks";
import { useRef } from "react";

/** For the first field of a page's filter: the key `/` leads to it. */
export function useSlash() {
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  return field;
}
