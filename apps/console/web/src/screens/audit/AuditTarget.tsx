import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import type { AuditEntry } from "../../api/types.ts";
import { pathOf } from "./target-path.ts";

/** What it was done to, with a link where there is a page of it. */
export function AuditTarget({ entry }: { readonly entry: AuditEntry }) {
  const path = pathOf(entry);
  if (path === null) return <span className="hostile-line">{entry.target}</span>;
  return (
    <Anchor component={Link} href={path} inherit className="hostile-line">
      {entry.target}
    </Anchor>
  );
}
