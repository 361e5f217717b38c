import type { DeadGroup } from "../../api/types.ts";

/** Which groups are shown: those that somebody should look at, or those of one state. */
export const views = ["problems", "open", "reopened", "resolved", "all"] as const;
export type View = (typeof views)[number];

export function readView(text: string | undefined): View {
  return views.find((view) => view === text) ?? "problems";
}

export function isOfView({ state }: Pick<DeadGroup, "state">, view: View): boolean {
  if (view === "all") return true;
  return view === "problems" ? state !== "resolved" : state === view;
}
