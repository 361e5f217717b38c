import type { DeadFilter, DeadSort } from "../../api/types.ts";

/** The conditions of a list of dead letters as they stand in the page's address, and the API's. */
export const TEXT_CONDITIONS = ["processor", "type", "hook", "error", "person", "text"] as const;
export const NUMBER_CONDITIONS = ["minAttempts", "maxAttempts", "diedAfter", "diedBefore"] as const;
export const SORTS = ["newest", "oldest", "attempts"] as const satisfies readonly DeadSort[];

type Get = (key: string) => string | undefined;

/** Numbers that are none are left out; the rest is for the API to judge. */
export function readFilter(get: Get, group?: string): DeadFilter {
  const texts = TEXT_CONDITIONS.flatMap((key) => {
    const value = get(key)?.trim();
    return value === undefined || value === "" ? [] : [[key, value] as const];
  });
  const numbers = NUMBER_CONDITIONS.flatMap((key) => {
    const text = get(key) ?? "";
    return /^\d{1,15}$/.test(text) ? [[key, Number(text)] as const] : [];
  });
  const filter: DeadFilter = Object.fromEntries<string | number>([...texts, ...numbers]);
  return group === undefined ? filter : { ...filter, group };
}

export function readSort(get: Get): DeadSort {
  return SORTS.find((sort) => sort === get("sort")) ?? "newest";
}

/** How many conditions somebody set; the group of a group's own page is none of them. */
export function countConditions({ group: _, ...filter }: DeadFilter): number {
  return Object.values(filter).filter((value) => value !== undefined).length;
}
