import {
  type Icon,
  IconActivity,
  IconArchive,
  IconClipboardList,
  IconCpu,
  IconEraser,
  IconHistory,
  IconInbox,
  IconMailX,
  IconPlayerPlay,
  IconServer,
} from "@tabler/icons-react";
import type { en } from "../i18n/en/index.ts";

type Name = Exclude<keyof typeof en.nav, "label" | "open" | "close" | "skip" | "groups">;

export interface NavigationEntry {
  readonly name: Name;
  readonly path: string;
  readonly icon: Icon;
}

/** The screens, by what one comes for. */
export const navigation: readonly {
  readonly group: keyof typeof en.nav.groups;
  readonly entries: readonly NavigationEntry[];
}[] = [
  {
    group: "watch",
    entries: [
      { name: "overview", path: "/", icon: IconActivity },
      { name: "processors", path: "/processors", icon: IconCpu },
      { name: "workers", path: "/workers", icon: IconServer },
    ],
  },
  {
    group: "work",
    entries: [
      { name: "dead", path: "/dead", icon: IconMailX },
      { name: "discarded", path: "/discarded", icon: IconArchive },
      { name: "runs", path: "/runs", icon: IconPlayerPlay },
      { name: "backfill", path: "/backfill", icon: IconHistory },
    ],
  },
  {
    group: "rest",
    entries: [
      { name: "events", path: "/events", icon: IconInbox },
      { name: "audit", path: "/audit", icon: IconClipboardList },
      { name: "erase", path: "/erase", icon: IconEraser },
    ],
  },
];

/** Whether a place belongs to an entry: its own page, or one below it. */
export function isAt(entry: NavigationEntry, location: string): boolean {
  return location === entry.path || (entry.path !== "/" && location.startsWith(`${entry.path}/`));
}
