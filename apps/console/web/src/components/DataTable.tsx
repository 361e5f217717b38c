import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./DataTable.module.css";
import { useRowKeys } from "./use-row-keys.ts";

export interface Column<Row> {
  readonly key: string;
  /** Its heading, beside the value where the screen is narrow. */
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures are aligned to the right. */
  readonly align?: "right";
  /** Without the heading beside it where the screen is narrow: the row's name, its buttons. */
  readonly plain?: boolean;
  /** Stands in the corner of the card where the screen is narrow; first of all. */
  readonly corner?: boolean;
  /** Takes the room that the others leave. */
  readonly grow?: boolean;
  /** Instead of the heading's text, such as a checkbox for all rows. */
  readonly headCell?: ReactNode;
}

interface DataTableProps<Row> {
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly isSelected?: (row: Row) => boolean;
}

/** A table; where the screen is narrow, each row is a card. The keys j and k lead from row to row. */
export function DataTable<Row>({ label, columns, rows, rowKey, isSelected }: DataTableProps<Row>) {
  const body = useRowKeys();
  return (
    <div className={classes["box"]}>
      <Table className={classes["table"] ?? ""} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, head, headCell, align, grow }) => (
              <Table.Th key={key} scope="col" data-align={align} data-grow={grow || undefined}>
                {headCell ?? head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body}>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} data-selected={isSelected?.(row) || undefined}>
              {columns.map(({ key, head, cell, align, plain, corner }) => (
                <Table.Td
                  key={key}
                  data-align={align}
                  data-label={plain || corner ? undefined : head}
                  data-corner={corner || undefined}
                >
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
