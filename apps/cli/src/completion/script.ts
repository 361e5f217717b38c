/**
 * What a shell has to know to complete the command: it asks the command itself, which knows its own words and what
 * Redis holds. Each answer is a line, the word and what it is about with an em space between, which no word has.
 *
 * @param self the command to ask, as words
 */
export function completionScript(shell: "bash" | "zsh" | "fish", self: readonly string[]): string {
  const ask = `${self.map(quoted).join(" ")} complete --`;
  return { bash, zsh, fish }[shell](ask);
}

/** For bash, zsh and fish alike. A path holds neither of fish's other special characters in quotes. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const GAP = "\u2003";

function bash(ask: string): string {
  return `# misskeep completion for bash
_misskeep() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%${GAP}*}")
  done < <(${ask} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _misskeep misskeep`;
}

function zsh(ask: string): string {
  return `#compdef misskeep
_misskeep() {
  local -a found
  local line word
  while IFS= read -r line; do
    word="\${line%%${GAP}*}"
    found+=("\${word//:/\\:}:\${line#*${GAP}}")
  done < <(${ask} "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe misskeep found; else _files; fi
}
if [ "$funcstack[1]" = _misskeep ]; then _misskeep "$@"; else compdef _misskeep misskeep; fi`;
}

function fish(ask: string): string {
  return `# misskeep completion for fish
complete -c misskeep -f -a "(${ask} (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null | string replace '${GAP}' \\t)"
complete -c misskeep -l body -r -F`;
}
