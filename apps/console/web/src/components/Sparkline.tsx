import classes from "./Sparkline.module.css";

interface SparklineProps {
  readonly values: readonly number[];
  /** What it shows, in words: nobody has to see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

const GAP = 1;

/** Bars for a few figures over time, the highest as high as it goes. */
export function Sparkline({ values, label, width = 120, height = 28 }: SparklineProps) {
  const top = Math.max(1, ...values);
  const step = width / Math.max(1, values.length);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={classes["spark"]}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className={classes["base"]} />
      {values.map((value, index) => {
        // What is there is seen, however small beside the highest.
        const bar = value === 0 ? 0 : Math.max(2, (value / top) * (height - 2));
        return (
          <rect
            key={index}
            x={index * step}
            y={height - 1 - bar}
            width={Math.max(1, step - GAP)}
            height={bar}
            className={classes["bar"]}
          />
        );
      })}
    </svg>
  );
}
