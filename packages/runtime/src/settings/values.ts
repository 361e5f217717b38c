/**
 * Finds the text of a setting: in the environment, or for a secret also in the file that `<NAME>_FILE` points to
 * (as Docker and Kubernetes mount them; one line end at its end is dropped).
 *
 * | set | of a setting | of a secret |
 * |---|---|---|
 * | nothing | absent | absent |
 * | an empty text | absent | mistake: nobody means to allow an empty secret |
 * | `<NAME>_FILE` | not looked at | the file's content; empty or unreadable is a mistake |
 * | both | not looked at | mistake |
 */
import { readFileSync } from "node:fs";
import { type Environment, resolveFromRoot } from "../environment.ts";
import type { Mistake } from "./mistakes.ts";

/** The text, or what is wrong; both absent when nothing is set. */
export interface FoundValue {
  readonly text?: string;
  readonly mistake?: Mistake;
}

/** @param env the setting's name in the environment */
export function findValue(environment: Environment, env: string, secret: boolean): FoundValue {
  const direct = environment[env];
  if (!secret) return direct === undefined || direct.trim() === "" ? {} : { text: direct };

  const fileName = `${env}_FILE`;
  const file = environment[fileName];
  if (direct !== undefined && file !== undefined && file !== "") {
    return wrong(env, `and ${fileName} are both set`, "Keep one of them.");
  }
  if (file !== undefined && file !== "") return readSecretFile(fileName, file);
  if (direct === undefined) return {};
  if (direct.trim() === "") return wrong(env, "is set and empty", "Give it a value, or remove it.");
  return { text: direct };
}

function readSecretFile(fileName: string, file: string): FoundValue {
  let content: string;
  try {
    content = readFileSync(resolveFromRoot(file), "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "an unknown error";
    return wrong(
      fileName,
      `points to ${file}, which cannot be read (${reason})`,
      "Correct the path or its rights.",
    );
  }
  const text = content.replace(/\r?\n$/, "");
  if (text.trim() === "")
    return wrong(fileName, `points to ${file}, which is empty`, "Write the secret into it.");
  return { text };
}

function wrong(setting: string, problem: string, fix: string): FoundValue {
  return { mistake: { setting, problem, fix } };
}
