import { expect, it } from "vitest";
import { EX_CONFIG, type ExitingProcess, exitOnSettingsError, SettingsError } from "./mistakes.ts";

class Exit extends Error {}

function fakeProcess() {
  const seen = { text: "", code: 0 };
  const self: ExitingProcess = {
    stderr: { write: (text) => (seen.text += text) },
    exit(code) {
      seen.code = code;
      throw new Exit();
    },
  };
  return { seen, self };
}

it("prints every mistake on stderr and exits with 78", () => {
  const { seen, self } = fakeProcess();
  const error = new SettingsError([
    { setting: "A", problem: "is bad", fix: "Mend it." },
    { setting: "B", problem: "is not set", fix: "Set it." },
  ]);
  expect(() => exitOnSettingsError(error, self)).toThrow(Exit);
  expect(seen.code).toBe(EX_CONFIG);
  expect(seen.text).toContain("2 settings are wrong:\n  A is bad. Mend it.\n  B is not set. Set it.\n");
});

it("throws on what is no settings error", () => {
  const { seen, self } = fakeProcess();
  expect(() => exitOnSettingsError(new Error("other"), self)).toThrow("other");
  expect(seen.code).toBe(0);
});
