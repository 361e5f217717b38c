import { parseArgs } from "node:util";
import { repositoryRoot } from "@misskeep/testkit";
import { type GroupName, groups } from "./measure/groups.ts";
import { quick, type Sizes, whole } from "./measure/sizes.ts";

export const usage = `npm run bench -- [options]

  --quick          a small run: costs within some per cent, rates as hints
  --rounds N       how often each contestant has its turn
  --only A,B       some of ${Object.keys(groups).join(", ")}
  --json FILE      writes all figures there
  --docs FOLDER    writes performance.md there; a whole run writes it to docs
  --install        gets Debian's packages of contestants with apt-get, as root
  --root DIR       measures the built apps of another copy of the repository
  --help           prints this`;

export interface Options {
  readonly sizes: Sizes;
  readonly only: readonly GroupName[];
  readonly json: string | undefined;
  readonly docs: string | undefined;
  readonly isInstalling: boolean;
  readonly isAsking: boolean;
  readonly root: string;
}

/** @throws Error that says what cannot be understood */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean" },
      only: { type: "string" },
      rounds: { type: "string" },
      json: { type: "string" },
      docs: { type: "string" },
      install: { type: "boolean" },
      root: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const names = values.only?.split(",") ?? Object.keys(groups);
  const isGroup = (name: string): name is GroupName => Object.hasOwn(groups, name);
  const unknown = names.filter((name) => !isGroup(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")} to measure`);
  const isWhole = !values.quick && values.only === undefined;
  const sizes = values.quick ? quick : whole;
  const rounds = Number(values.rounds ?? sizes.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds takes a whole number over 0");
  return {
    sizes: { ...sizes, rounds },
    only: names.filter(isGroup),
    json: values.json,
    docs: values.docs ?? (isWhole ? `${repositoryRoot}/docs` : undefined),
    isInstalling: values.install ?? false,
    isAsking: values.help ?? false,
    root: values.root ?? repositoryRoot,
  };
}
