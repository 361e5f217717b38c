import { Argument, type Command } from "commander";
import { leaf, type Making } from "./leaf.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

export function addCompletion(program: Command, { deps }: Making): void {
  leaf(program, "completion", "a script that completes commands, processors, groups and runs in a shell", [
    "completion bash >> ~/.bashrc",
    'completion zsh > "${fpath[1]}/_misskeep"',
    "completion fish > ~/.config/fish/completions/misskeep.fish",
  ])
    .addArgument(new Argument("<SHELL>", "which shell").choices(SHELLS))
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import("../completion/script.ts");
      deps.terminal.print(completionScript(shell, deps.self));
    });
  program
    .command("complete [WORDS...]", { hidden: true })
    .description("what could follow these words; asked by the shell's script")
    .action(async (words: readonly string[]) => {
      const { complete } = await import("../completion/complete.ts");
      const { findNames } = await import("../completion/find-names.ts");
      for (const { word, about } of await complete(program, words, (what) => findNames(deps, what)))
        deps.terminal.print(about === "" ? word : `${word}\u2003${about}`);
    });
}
