import type { letter as english } from "../en/letter.ts";
import type { TextsOf } from "../texts.ts";

export const letter: TextsOf<typeof english> = {
  title: "Letter",
};
