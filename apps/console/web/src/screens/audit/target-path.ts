import type { AuditEntry } from "../../api/types.ts";
import { letterPath } from "../dead/letter-path.ts";
import { eventIdOf } from "../runs/items.ts";

/** Where the target of an audit entry can be looked at. @returns null where it has no page */
export function pathOf({ what, target }: Pick<AuditEntry, "what" | "target">): string | null {
  // Of a job or a run, its processor stands before it; a processor's name has no slash.
  const [processor = "", id] = target.split("/", 2);
  switch (what) {
    case "start-run":
      return `/runs?processor=${encodeURIComponent(processor)}`;
    case "pause-run":
    case "resume-run":
    case "cancel-run":
      return id === undefined ? null : `/runs/${encodeURIComponent(id)}`;
    case "replay":
      return id === undefined ? null : `/events/${encodeURIComponent(eventIdOf(id))}`;
    case "edit":
      return id === undefined ? null : letterPath(processor, id);
    case "pause-processor":
    case "resume-processor":
    case "remove-processor":
      return `/processors#${encodeURIComponent(target)}`;
    case "resolve":
    case "reopen":
    case "mute":
    case "unmute":
      return `/dead/groups/${encodeURIComponent(target)}`;
    default:
      return null;
  }
}
