/** Lines over time as SVG, readable on a light and on a dark page; each has its name at its end. */
export interface Drawing {
  readonly title: string;
  /** What is told along the bottom. */
  readonly x: string;
  readonly at: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const [WIDTH, HEIGHT] = [840, 340];
const PLOT = { left: 52, right: 690, top: 44, bottom: 290 };
const COLORS = ["#3b6fb6", "#d1605e", "#4d9a6a", "#b07fc7", "#c98b2c", "#6b7785"];
const GREY = "#8f8f8f";
const NAME_HEIGHT = 16;

export function drawLines({ title, x, at, lines }: Drawing): string {
  const highest = niceAbove(Math.max(1, ...lines.flatMap(({ values }) => values)));
  const [first = 0, last = 1] = [at[0], at.at(-1)];
  const toX = (value: number): number =>
    round(PLOT.left + ((value - first) / Math.max(last - first, 1e-9)) * (PLOT.right - PLOT.left));
  const toY = (value: number): number => round(PLOT.bottom - (value / highest) * (PLOT.bottom - PLOT.top));
  const text = (content: string, left: number, top: number, more = ""): string =>
    `<text x="${left}" y="${top}" ${more}>${content}</text>`;

  const levels = [0, 0.25, 0.5, 0.75, 1].map((part) => part * highest);
  const grid = levels.flatMap((level) => [
    `<path d="M${PLOT.left} ${toY(level)}H${PLOT.right}" stroke="${GREY}" stroke-opacity=".35"/>`,
    text(String(round(level)), PLOT.left - 8, toY(level) + 4, `text-anchor="end"`),
  ]);
  const steps = [0, 1, 2, 3, 4, 5, 6].map((step) => first + (step / 6) * (last - first));
  const below = steps.map((step) =>
    text(String(Math.round(step)), toX(step), PLOT.bottom + 18, `text-anchor="middle"`),
  );
  const places = placeNames(lines.map(({ values }) => toY(values.at(-1) ?? 0)));
  const drawn = lines.flatMap(({ name, values }, index) => {
    const color = COLORS[index % COLORS.length] ?? GREY;
    const path = values.map((value, step) => `${toX(at[step] ?? 0)} ${toY(value)}`).join("L");
    return [
      `<path d="M${path}" fill="none" stroke="${color}" stroke-width="1.6"/>`,
      text(name, PLOT.right + 10, (places[index] ?? 0) + 4, `style="fill:${color}"`),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img" aria-label="${title}">`,
    `<g fill="${GREY}">`,
    text(title, PLOT.left, 24, `font-size="15"`),
    text(x, (PLOT.left + PLOT.right) / 2, HEIGHT - 12, `text-anchor="middle"`),
    ...grid,
    ...below,
    ...drawn,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Moves names that would lie upon each other apart. */
function placeNames(wanted: readonly number[]): number[] {
  const places = [...wanted];
  let before = -Infinity;
  const fromTop = wanted.map((y, index) => ({ y, index })).toSorted((a, b) => a.y - b.y);
  for (const { y, index } of fromTop) {
    before = Math.max(y, before + NAME_HEIGHT);
    places[index] = before;
  }
  return places;
}

/** @returns a round number that is not below the value */
function niceAbove(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 6, 8, 10].map((step) => step * size).find((each) => each >= value) ?? value;
}

const round = (value: number): number => Math.round(value * 10) / 10;
