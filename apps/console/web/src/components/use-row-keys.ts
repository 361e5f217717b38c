import { useWindowEvent } from "@mantine/hooks";
import { useRef } from "react";
import { type Place, rowStep } from "./row-step.ts";

/** For a table's body: keys lead from row to row, to the link of each. Enter opens it, as any link. */
export function useRowKeys() {
  const body = useRef<HTMLTableSectionElement>(null);
  useWindowEvent("keydown", (event) => {
    const rows = [...(body.current?.rows ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const step = event.defaultPrevented ? 0 : rowStep(event, placeOf(event.target, at !== -1));
    if (step === 0) return;
    const ahead = step === 1 ? rows.slice(at + 1) : rows.slice(0, Math.max(at, 0)).toReversed();
    const link = ahead.map((row) => row.querySelector<HTMLAnchorElement>("a[href]")).find(Boolean);
    if (!link) return;
    event.preventDefault();
    link.focus();
  });
  return body;
}

const TAKEN =
  "textarea, select, input:not([type=checkbox]), [contenteditable], [role=dialog], [role=menu], [role=listbox]";

function placeOf(target: EventTarget | null, isInRow: boolean): Place {
  if (target instanceof Element && target.closest(TAKEN)) return "taken";
  return isInRow ? "row" : "elsewhere";
}
