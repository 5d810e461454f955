const box = { width: 600, height: 96, gap: 2 };

export interface StackedBar {
  /** what stands below */
  readonly base: number;
  /** what stands on it and stands out */
  readonly top: number;
  /** in words, for the pointer */
  readonly text: string;
}

interface StackedBarsProps {
  readonly bars: readonly StackedBar[];
  /** The whole picture in one sentence. */
  readonly label: string;
}

/** Counts over time, each bar in two parts. Small parts stay visible beside large ones. */
export function StackedBars({ bars, label }: StackedBarsProps) {
  const most = Math.max(1, ...bars.map(({ base, top }) => base + top));
  const width = box.width / Math.max(1, bars.length);
  const height = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * (box.height - 4)));
  return (
    <svg
      className="chart-stack"
      viewBox={`0 0 ${String(box.width)} ${String(box.height)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bars.map(({ base, top, text }, index) => {
        const low = height(base);
        const high = height(top);
        const place = { x: index * width + box.gap / 2, width: Math.max(1, width - box.gap) };
        return (
          <g key={text}>
            <title>{text}</title>
            <rect className="chart-stack-base" {...place} y={box.height - low} height={low} />
            <rect className="chart-stack-top" {...place} y={box.height - low - high} height={high} />
          </g>
        );
      })}
      <line className="chart-axis" x1="0" x2={box.width} y1={box.height} y2={box.height} />
    </svg>
  );
}
