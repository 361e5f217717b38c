import { useState } from "react";
import type { DeadLetterSummary } from "../../api/types.ts";

/** A letter is named by both: two processors can have one of the same event. */
export function letterKey({ processor, id }: Pick<DeadLetterSummary, "processor" | "id">): string {
  return `${processor}/${id}`;
}

/** Which letters of the page are selected, or all that match. Another page or filter starts anew. */
export function useSelection(place: string, letters: readonly DeadLetterSummary[]) {
  const [state, setState] = useState<{ place: string; keys: ReadonlySet<string>; all: boolean }>({
    place,
    keys: new Set(),
    all: false,
  });
  const current = state.place === place ? state : { place, keys: new Set<string>(), all: false };
  const selected = letters.filter((letter) => current.keys.has(letterKey(letter)));
  const put = (keys: ReadonlySet<string>, all = false) => setState({ place, keys, all });
  return {
    selected,
    /** Not only those of the page. */
    isAll: current.all,
    isSelected: (letter: DeadLetterSummary) => current.keys.has(letterKey(letter)),
    isPage: letters.length > 0 && selected.length === letters.length,
    toggle: (letter: DeadLetterSummary) => {
      const keys = new Set(current.keys);
      if (!keys.delete(letterKey(letter))) keys.add(letterKey(letter));
      put(keys);
    },
    selectPage: () => put(new Set(letters.map(letterKey))),
    selectAll: () => put(new Set(letters.map(letterKey)), true),
    clear: () => put(new Set()),
  };
}

export type Selection = ReturnType<typeof useSelection>;
