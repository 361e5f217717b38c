import type { dead as english } from "../en/dead.ts";
import type { TextsOf } from "../texts.ts";

export const dead: TextsOf<typeof english> = {
  title: "Dead",
};
