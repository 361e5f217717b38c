import { Text } from "@mantine/core";
import { formatExact } from "../../components/format-time.ts";
import { useTranslation } from "react-i18next";

/** What was meant, where it was about many: each condition with its value. */
export function AuditFilter({ filter }: { readonly filter: unknown }) {
  const { t, i18n } = useTranslation("audit");
  const conditions = conditionsOf(filter, i18n.language);
  if (conditions.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" className="hostile-line">
      {t("filter")}: {conditions.map(([name, value]) => `${name} ${value}`).join(" · ")}
    </Text>
  );
}

/** Of a filter or a run's scope, whose filter is within. */
function conditionsOf(filter: unknown, language: string): (readonly [string, string])[] {
  if (typeof filter !== "object" || filter === null) return [];
  return Object.entries(filter).flatMap(([name, value]: [string, unknown]) => {
    if (value === null || value === undefined) return [];
    if (typeof value === "number" && TIMES.has(name)) return [[name, formatExact(value, language)] as const];
    if (Array.isArray(value)) return [[name, listOf(value)] as const];
    if (typeof value === "object") return conditionsOf(value, language);
    return [[name, typeof value === "string" ? value : JSON.stringify(value)] as const];
  });
}

/** Ids of many letters would fill the page. */
const LISTED = 5;

function listOf(values: readonly unknown[]): string {
  const more = values.length - LISTED;
  return `${values.slice(0, LISTED).map(String).join(", ")}${more > 0 ? `, … +${more}` : ""}`;
}

const TIMES: ReadonlySet<string> = new Set(["from", "to", "until", "diedAfter", "diedBefore", "mutedUntil"]);
