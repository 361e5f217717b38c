import { spreadsOf } from "../judge/spread.ts";
import type { Verdict } from "../judge/judge.ts";
import type { Row } from "../measure/row.ts";
import type { Table } from "../report/table.ts";

export function aRow(name: string, figures: Readonly<Record<string, number>>, verdict?: Verdict): Row {
  return { name, title: name, promise: "", figures: spreadsOf([figures]), ...(verdict ? { verdict } : {}) };
}

export function aTable(id: string, rows: readonly Row[]): Table {
  const columns = Object.keys(rows[0]?.figures ?? {}).map((key) => ({ key, title: key, digits: 1 }));
  return { id, title: id, note: "", columns, rows };
}
