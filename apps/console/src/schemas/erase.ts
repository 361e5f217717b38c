import type { ErasePlan, EraseTarget, Erasure } from "@misskeep/operations";
import { z } from "zod";
import { describes } from "./describes.ts";

export const eraseTarget = describes<EraseTarget>()(
  z.union([
    z.strictObject({ person: z.string().min(1).max(400) }),
    z.strictObject({ note: z.string().min(1).max(200) }),
  ]),
);

const plan = z.object({
  target: eraseTarget,
  inbox: z.number(),
  jobs: z.number(),
  dead: z.number(),
  discarded: z.number(),
  waiting: z.number(),
  scanned: z.number(),
});

export const erasePlan = describes<ErasePlan>()(plan);

export const erasure = describes<Erasure>()(
  z.object({ ...plan.shape, disk: z.enum(["rewriting", "busy", "refused", "off"]).nullable() }),
);
