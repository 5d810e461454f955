import type { PointerEventHandler, ReactNode } from 'react';
import { surface, type ValueAxis } from './axis.ts';

interface PlotProps {
  readonly axis: ValueAxis;
  /** a tick with its unit, short */
  readonly format: (value: number) => string;
  /** what stands below, from the left edge to the right */
  readonly below: readonly string[];
  readonly children: ReactNode;
  readonly onPointerMove?: PointerEventHandler<SVGSVGElement>;
  readonly onPointerLeave?: () => void;
}

/**
 * Grid lines with their values and what is drawn on them. The drawing is stretched to the width at hand, its words
 * are not part of it, so that they keep their size on a phone. Hidden from screen readers: whoever draws says the
 * same in words or in a table.
 */
export function Plot({ axis, format, below, children, ...pointer }: PlotProps) {
  return (
    <div className="chart-plot" aria-hidden="true">
      <div className="chart-values">
        {axis.ticks.map((tick) => (
          <span key={tick} style={{ insetBlockStart: `${String((axis.y(tick) / surface.height) * 100)}%` }}>
            {format(tick)}
          </span>
        ))}
      </div>
      <svg
        className="chart-surface"
        viewBox={`0 0 ${String(surface.width)} ${String(surface.height)}`}
        preserveAspectRatio="none"
        {...pointer}
      >
        {axis.ticks.map((tick) => (
          <path
            key={tick}
            className={tick === 0 ? 'chart-zero' : 'chart-axis'}
            d={`M0 ${String(axis.y(tick))}H${String(surface.width)}`}
          />
        ))}
        {children}
      </svg>
      <div className="chart-ends chart-below">
        {below.map((words, index) => (
          <span key={index}>{words}</span>
        ))}
      </div>
    </div>
  );
}
