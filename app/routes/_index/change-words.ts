import { formatShare } from '../../ui/format.ts';

/** How a number changed against the time before, without judging it. */
export function changeWords(now: number, before: number): string {
  if (before <= 0) return now > 0 ? 'Nothing to compare with yet' : 'No change';
  const change = (now - before) / before;
  if (Math.abs(change) < 0.0005) return 'Same as the time before';
  return `${formatShare(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than the time before`;
}
