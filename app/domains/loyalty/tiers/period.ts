import { localTime, startOfDay } from '../local-time.ts';
import type { ProgrammeSettings } from '../model.ts';
import { type Span, spansOf } from './rules.ts';
import type { FigureAsk } from './store-tiers.ts';

/** What counts for tiers at a moment by these settings, and over which times. */
export function periodOf(
  settings: ProgrammeSettings,
  at: Date,
  timeZone: string,
): Pick<FigureAsk, 'measure' | 'settings'> & { readonly spans: readonly Span[] } {
  const { measure, period } = settings.tiers;
  const { year } = localTime(at, timeZone);
  return { measure, settings, spans: spansOf(period, at, year, (one) => startOfDay(one, 1, 1, timeZone)) };
}
