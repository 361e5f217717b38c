/**
 * Reads as much of PromQL as a check needs: which metrics an expression asks for, which labels it selects by, and
 * which are left in its result. No tool of Prometheus is needed where tests run.
 */
export interface Asked {
  readonly metric: string;
  /** Label and value, as written in the selector. */
  readonly selectors: readonly {
    readonly label: string;
    readonly operator: string;
    readonly value: string;
  }[];
}

export interface Expression {
  readonly asked: readonly Asked[];
  /** In `by (…)`. */
  readonly groupedBy: readonly string[];
}

const FUNCTIONS = new Set([
  "absent",
  "delta",
  "histogram_quantile",
  "increase",
  "max",
  "min",
  "rate",
  "sum",
  "and",
  "or",
  "unless",
]);

/** @throws if it does not understand something: then this has to learn it */
export function readPromql(text: string): Expression {
  checkBrackets(text);
  const asked: Asked[] = [];
  const groupedBy: string[] = [];
  let rest = text.replace(/\boffset\s+\w+/g, "").replace(/\[[^\]]*\]/g, "");
  rest = rest.replace(/\bby\s*\(([^)]*)\)/g, (_, labels: string) => {
    groupedBy.push(...labels.split(",").map((label) => label.trim()));
    return "";
  });
  rest = rest.replace(
    /([a-zA-Z_:][\w:]*)(\s*\{([^}]*)\})?/g,
    (whole, name: string, braces?: string, inner = "") => {
      if (braces === undefined && FUNCTIONS.has(name)) return "";
      asked.push({ metric: name, selectors: readSelectors(inner as string) });
      return "";
    },
  );
  if (/[^\s\d.,()<>=!+\-*/]/.test(rest)) throw new Error(`not understood in ${text}: ${rest}`);
  return { asked, groupedBy };
}

function readSelectors(text: string): Asked["selectors"] {
  const found = [...text.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"\s*,?\s*/g)];
  if (found.map(([whole]) => whole).join("") !== text.trim()) throw new Error(`not understood: {${text}}`);
  return found.map(([, label = "", operator = "", value = ""]) => ({ label, operator, value }));
}

function checkBrackets(text: string): void {
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
  for (const character of text.replace(/"[^"]*"/g, "")) {
    if ("([{".includes(character)) open.push(character);
    else if (pairs[character] !== undefined && open.pop() !== pairs[character])
      throw new Error(`brackets do not match in ${text}`);
  }
  if (open.length > 0) throw new Error(`brackets do not match in ${text}`);
}
