import type { runs as english } from "../en/runs.ts";
import type { TextsOf } from "../texts.ts";

export const runs: TextsOf<typeof english> = {
  title: "Runs",
};
