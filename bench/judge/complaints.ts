import type { Table } from "../report/table.ts";

/** What makes the whole command fail: Misskeep lost or repeated something. */
export function complaintsOf(tables: readonly Pick<Table, "title" | "rows">[]): readonly string[] {
  return tables.flatMap(({ title, rows }) =>
    rows
      .filter(({ name, verdict }) => isOurs(name) && verdict && verdict.lost + verdict.repeated > 0)
      .map((row) => `${title}: ${row.title} lost ${row.verdict?.lost} and repeated ${row.verdict?.repeated}`),
  );
}

function isOurs(name: string): boolean {
  return /^(misskeep|worker|ingest)/.test(name);
}
