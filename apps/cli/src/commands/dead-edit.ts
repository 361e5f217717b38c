import { checkEdit, type Context, editDead, eventIdOf, showDead } from "@misskeep/operations";
import { confirm, type ConfirmOptions } from "../confirm.ts";
import type { Deps } from "../deps.ts";
import { CliError } from "../errors.ts";
import { readBody } from "../read-body.ts";
import { lookOf, show } from "../show.ts";
import { escaped, toJson } from "../text/safe.ts";
import { editView } from "../views/edit.ts";
import { withContext } from "../with-context.ts";

export interface DeadEditOptions extends ConfirmOptions {
  readonly body?: string;
  readonly why: string;
  readonly dryRun?: boolean;
}

/** `misskeep dead edit PROCESSOR ID`: prints the body; with `--body FILE`: runs the letter with that one. */
export async function deadEditCommand(
  deps: Deps,
  processor: string,
  id: string,
  options: DeadEditOptions,
): Promise<void> {
  const { terminal, user } = deps;
  const { body: file, why, dryRun, json } = options;
  await withContext(deps, async (context) => {
    const before = await editableBody(context, processor, id);
    if (file === undefined) {
      terminal.print(before.text);
      if (!json)
        terminal.note(
          `To run it changed: misskeep dead edit ${processor} ${id} --body <file of the changed body>`,
        );
      return;
    }
    const body = (await readBody(file)).toString("utf8");
    const check = await checkEdit(context, processor, id, body);
    const view = editView(before.json, body, check, lookOf(deps));
    if (dryRun) {
      show(deps, options, check, () => view);
      return;
    }
    if (check.ok) {
      if (!json) terminal.note(`${view}\n`);
      await confirm(
        deps,
        options,
        `${processor} will run ${id} with this body, under a new idempotency key: what it did before may happen again.`,
      );
    }
    const result = await editDead(context, processor, id, body, { by: user, why });
    show(deps, options, { processor, id, ...result }, ({ paint }) =>
      [
        `${paint.green("started")}  ${result.child}`,
        `The letter stays dead. When the changed one is handled: misskeep dead discard ${processor} ${id} --why <text>`,
        "",
        paint.dim(`What becomes of it: misskeep events show ${eventIdOf(id)}`),
      ].join("\n"),
    );
  });
}

/** @throws CliError where there is no text that a person could change */
async function editableBody(context: Context, processor: string, id: string): Promise<EditableBody> {
  const { raw, erasedAt } = await showDead(context, processor, id, { raw: true });
  if (erasedAt !== null) throw new CliError("ERASED", "Its content was erased: there is nothing to change.");
  if (raw === undefined || !("utf8" in raw))
    throw new CliError(
      "NOT_EDITABLE",
      "Its body is no text (not UTF-8): write a whole new one, with `send`.",
    );
  const text = raw.utf8.split("\n").map(escaped).join("\n");
  try {
    const json: unknown = JSON.parse(raw.utf8);
    // Written anew only where that loses nothing, such as the digits of a large number.
    return { json, text: JSON.stringify(json) === raw.utf8 ? toJson(json) : text };
  } catch {
    return { json: undefined, text };
  }
}

interface EditableBody {
  /** undefined where it is no JSON. */
  readonly json: unknown;
  readonly text: string;
}
