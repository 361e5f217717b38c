/** Colours that read well on a dark and on a light ground: no blue, no black, no background. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

/** @param colours whether the output is a terminal that shows them, and NO_COLOR is not set */
export function createPaint(colours: boolean): Paint {
  const style =
    (on: number, off: number) =>
    (text: string): string =>
      colours && text !== "" ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    yellow: style(33, 39),
    green: style(32, 39),
    cyan: style(36, 39),
  };
}
