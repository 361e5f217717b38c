/**
 * Dispatchers that read, dispatch, crash at any point and take over from one another, against a plain list: in
 * the end every event has exactly one job in the queue of each processor that wanted it, and nobody holds anything.
 */
import { ensureGroup, handBack, readBatch, reclaimOne } from "@misskeep/inbox";
import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptBody, heldEntries, jobIds, subscribe } from "../test-support/inbox.ts";
import { aBody, openWorld } from "../test-support/world.ts";
import { dispatch, type HeldBatch } from "./dispatch.ts";

type Move =
  | { readonly do: "accept"; readonly type: "note" | "followed" }
  | { readonly do: "read" | "dispatch" | "crash-after-adding" | "crash" | "hand-back"; readonly who: 0 | 1 }
  | { readonly do: "reclaim"; readonly who: 0 | 1 };

const who = fc.constantFrom(0 as const, 1 as const);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant("accept" as const),
    type: fc.constantFrom("note" as const, "followed" as const),
  }),
  fc.record({
    do: fc.constantFrom(
      "read" as const,
      "dispatch" as const,
      "crash-after-adding" as const,
      "crash" as const,
      "hand-back" as const,
    ),
    who,
  }),
  fc.record({ do: fc.constant("reclaim" as const), who }),
);

test("whatever dispatchers do and wherever they die, each event becomes one job per processor", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 25 }), async (moves) => {
      const world = await openWorld();
      const { redis, queues } = world;
      await ensureGroup(redis);
      await subscribe(world, { all: { on: ["*"] }, notes: { on: ["note"] } });
      const accepted: { id: string; type: string }[] = [];
      const holding: (HeldBatch | undefined)[] = [undefined, undefined];
      const deps = { redis, queues, now: () => 0 };
      const dead = world.connect("command");
      dead.disconnect();
      const add = (batch: HeldBatch): Promise<unknown> => dispatch(deps, batch);

      for (const each of moves) {
        if (each.do === "accept") {
          accepted.push({ id: await acceptBody(world, aBody(each.type)), type: each.type });
          continue;
        }
        const name = `w${each.who}`;
        const held = holding[each.who];
        holding[each.who] = undefined;
        if (each.do === "read")
          holding[each.who] = { ...(await readBatch(redis, name, { entries: 3, bytes: 1e6 })), heldSince: 0 };
        else if (each.do === "reclaim") {
          const taken = await reclaimOne(redis, name, 0);
          if (taken?.entry)
            holding[each.who] = { entries: [taken.entry], subscriptions: taken.subscriptions, heldSince: 0 };
        } else if (held && each.do === "dispatch") await add(held);
        else if (held && each.do === "crash-after-adding")
          // As if the process died between the two: this connection takes no acknowledgement.
          await dispatch({ ...deps, redis: dead }, held).catch(() => undefined);
        else if (held && each.do === "hand-back")
          await handBack(
            redis,
            name,
            held.entries.map(({ id }) => id),
          );
      }
      // One dispatcher that lives on finishes it all.
      for (let idle = 0; idle < 2; idle += 1) {
        const batch = await readBatch(redis, "last", { entries: 100, bytes: 1e6 });
        if (batch.entries.length > 0) await add({ ...batch, heldSince: 0 });
        for (let taken; (taken = await reclaimOne(redis, "last", 0));)
          if (taken.entry)
            await add({ entries: [taken.entry], subscriptions: taken.subscriptions, heldSince: 0 });
      }
      expect(await heldEntries(world)).toEqual({});
      expect(await jobIds(world, "all")).toEqual(accepted.map(({ id }) => id).toSorted());
      expect(await jobIds(world, "notes")).toEqual(
        accepted
          .filter(({ type }) => type === "note")
          .map(({ id }) => id)
          .toSorted(),
      );
    }),
    { numRuns: 30 },
  );
});
