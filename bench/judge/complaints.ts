import { rowOf } from "../report/targets.ts";
import type { Table } from "../report/table.ts";

/**
 * What makes the whole command fail: Misskeep lost or repeated something, or its door became much dearer.
 *
 * @param mostCpu how many times the CPU of bare Fastify, in the same run, the door may take; undefined: any
 */
export function complaintsOf(tables: readonly Table[], mostCpu: number | undefined): readonly string[] {
  const complaints = tables.flatMap(({ title, rows }) =>
    rows
      .filter(({ name, verdict }) => isOurs(name) && verdict && verdict.lost + verdict.repeated > 0)
      .map((row) => `${title}: ${row.title} lost ${row.verdict?.lost} and repeated ${row.verdict?.repeated}`),
  );
  // The best rounds of both: what else the machine does makes a round dearer, a regression makes all.
  const cpu = (name: string): number => rowOf(tables, "door", name)?.figures["cpuUs"]?.min ?? NaN;
  const ratio = cpu("misskeep") / cpu("bare");
  // NaN is no pass.
  if (mostCpu !== undefined && !(ratio <= mostCpu))
    complaints.push(
      `The door takes ${ratio.toFixed(2)} times the CPU of bare Fastify; ${mostCpu} are allowed`,
    );
  return complaints;
}

function isOurs(name: string): boolean {
  return /^(misskeep|worker|ingest)/.test(name);
}
