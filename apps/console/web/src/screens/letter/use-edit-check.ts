import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { checkEdit, DEAD } from "../../api/dead.ts";

const SETTLE_MS = 500;

export type EditCheck =
  | { readonly state: "unchanged" }
  | { readonly state: "checking" }
  | { readonly state: "ok" }
  | { readonly state: "no-json"; readonly message: string }
  | { readonly state: "misfit"; readonly mismatches: readonly { path: string; message: string }[] }
  | { readonly state: "failed"; readonly error: unknown };

/** Whether an edited body is JSON, at once; and whether it fits, as soon as one stops typing. */
export function useEditCheck(processor: string, id: string, original: string, body: string): EditCheck {
  const [settled] = useDebouncedValue(body, SETTLE_MS);
  const syntax = findSyntaxError(body);
  const { data, error } = useQuery({
    queryKey: [...DEAD, "check-edit", processor, id, settled],
    queryFn: () => checkEdit(processor, id, settled),
    enabled: settled !== original && settled === body && syntax === null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (body === original) return { state: "unchanged" };
  if (syntax !== null) return { state: "no-json", message: syntax };
  if (error) return { state: "failed", error };
  if (data === undefined || settled !== body) return { state: "checking" };
  return data.ok ? { state: "ok" } : { state: "misfit", mismatches: data.mismatches };
}

function findSyntaxError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
