import type { discarded as english } from "../en/discarded.ts";
import type { TextsOf } from "../texts.ts";

export const discarded: TextsOf<typeof english> = {
  title: "Discarded",
};
