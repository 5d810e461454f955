import { type KeyboardEvent, type PointerEvent, useState } from 'react';

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  Home: -Infinity,
  End: Infinity,
};

interface WalkOptions {
  /** what is walked along */
  readonly title: string;
  readonly count: number;
  /** which value stands at a share of the width, 0 at the left edge and 1 at the right */
  readonly indexAt: (share: number) => number;
  /** a value in words */
  readonly words: (index: number) => string;
}

/**
 * Walking along the values of a chart by pointer and arrow keys; the last one is shown while nobody walks. A slider
 * is the role in which arrow keys along a line of values are announced.
 */
export function useWalk({ title, count, indexAt, words }: WalkOptions) {
  const [chosen, setChosen] = useState<number | null>(null);
  const last = Math.max(0, count - 1);
  const within = (index: number): number => Math.min(last, Math.max(0, index));
  const shown = within(chosen ?? last);
  const leave = (): void => {
    setChosen(null);
  };
  return {
    shown,
    focus: {
      className: 'chart-focus',
      role: 'slider',
      tabIndex: 0,
      'aria-label': `${title}, use the arrow keys`,
      'aria-valuemin': 0,
      'aria-valuemax': Math.max(1, last),
      'aria-valuenow': shown,
      'aria-valuetext': words(shown),
      onKeyDown: (event: KeyboardEvent): void => {
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        setChosen(within(shown + step));
      },
      onBlur: leave,
    },
    pointer: {
      onPointerMove: (event: PointerEvent<SVGSVGElement>): void => {
        const frame = event.currentTarget.getBoundingClientRect();
        setChosen(within(indexAt((event.clientX - frame.left) / frame.width)));
      },
      onPointerLeave: leave,
    },
  } as const;
}
