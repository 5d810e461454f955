import type { Funnel } from '#app/domains/referrals/index.ts';
import { formatCount, formatShare } from '../../ui/format.ts';

const steps = [
  ['shared', 'Shared'],
  ['clicked', 'Opened'],
  ['ordered', 'Ordered'],
  ['rewarded', 'Rewarded'],
] as const;

/** Bars from shares to rewards, each with what is left of the step before. Shares that nobody told of are not counted. */
export function FunnelChart(funnel: Funnel) {
  const most = Math.max(1, ...steps.map(([key]) => funnel[key]));
  return (
    <ol className="referral-funnel">
      {steps.map(([key, name], at) => {
        const value = funnel[key];
        const earlier = at === 0 ? undefined : steps[at - 1];
        const before = earlier ? funnel[earlier[0]] : 0;
        return (
          <li key={key}>
            <span>{name}</span>
            <span className="referral-funnel-bar" aria-hidden="true">
              <span style={{ inlineSize: `${String((value / most) * 100)}%` }} />
            </span>
            <span>
              {formatCount(value)}
              {before > 0 && value <= before ? ` (${formatShare(value / before)})` : ''}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
