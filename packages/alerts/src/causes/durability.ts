import { isAtLeast } from "@misskeep/redis";
import type { FindCauses } from "../cause.ts";
import { ours, say } from "../text/text.ts";

/** Redis keeps events less durably than was promised; events go to the spool. */
export const durability: FindCauses = ({ redis: { level, findings }, wanted }) =>
  isAtLeast(level, wanted)
    ? []
    : [
        {
          id: "durability",
          level: "down",
          title: say`durability is lost`,
          what: say`Durability is ${level}, and DURABILITY asks for ${wanted}: events go to the spool.${
            findings.length === 0 ? [] : say` ${findings[0] ?? ""}`
          }${ours(findings.length > 1 ? " There is more." : "")}`,
          help: { command: "misskeep doctor", path: "/" },
        },
      ];
