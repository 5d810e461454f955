import type { ProgrammeTerms, Reward } from '#app/domains/referrals/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { shareText, typedMoney, typedNumber, typedShare } from '../../ui/typed.ts';

/** A reward as typed: an amount whose unit is the type. */
export interface RewardForm {
  readonly type: Reward['type'];
  readonly amount: string;
}

/** The page's texts as typed. */
export interface ProgrammeForm {
  readonly active: boolean;
  readonly offerType: ProgrammeTerms['offer']['type'];
  readonly offerAmount: string;
  readonly tiers: readonly { readonly from: string; readonly reward: RewardForm }[];
  readonly minOrder: string;
  readonly waitDays: string;
  readonly linkDays: string;
  readonly household: ProgrammeTerms['household'];
  readonly creditReward: RewardForm;
  /** '' = no limit */
  readonly monthlyLimit: string;
  readonly afterReview: ProgrammeTerms['afterReview'];
  readonly reviewDays: string;
  /** share of customers who are not asked, percent; '' = none */
  readonly heldOut: string;
}

function rewardText(reward: Reward, currency: string): RewardForm {
  if (reward.type === 'points') return { type: 'points', amount: String(reward.points) };
  return 'minor' in reward
    ? { type: reward.type, amount: formatDecimal(reward.minor, currency) }
    : { type: 'percentage', amount: shareText(reward.basisPoints) };
}

/** @param holdoutBps share of customers who are not asked, basis points */
export function toProgrammeForm(
  active: boolean,
  terms: ProgrammeTerms,
  currency: string,
  holdoutBps: number,
): ProgrammeForm {
  const { offer } = terms;
  return {
    active,
    offerType: offer.type,
    offerAmount:
      offer.type === 'percentage'
        ? shareText(offer.basisPoints)
        : offer.type === 'amount'
          ? formatDecimal(offer.minor, currency)
          : '',
    tiers: terms.tiers.map(({ from, reward }) => ({ from: String(from), reward: rewardText(reward, currency) })),
    minOrder: terms.minOrderMinor === 0 ? '' : formatDecimal(terms.minOrderMinor, currency),
    waitDays: String(terms.waitDays),
    linkDays: String(terms.linkDays),
    household: terms.household,
    creditReward: rewardText(terms.creditReward, currency),
    monthlyLimit: terms.monthlyLimit === null ? '' : String(terms.monthlyLimit),
    afterReview: terms.afterReview,
    reviewDays: String(terms.reviewDays),
    heldOut: holdoutBps === 0 ? '' : shareText(holdoutBps),
  };
}

/** The typed amount in the type's own unit; null where it is none. */
export function amountOf({ type, amount }: RewardForm, currency: string): number | null {
  const value =
    type === 'points' ? typedNumber(amount) : type === 'percentage' ? typedShare(amount) : typedMoney(amount, currency);
  const most = type === 'percentage' ? 10_000 : type === 'points' ? 1_000_000 : 100_000_000;
  return Number.isFinite(value) && value >= 1 && value <= most ? value : null;
}

function toReward(form: RewardForm, currency: string): Reward | null {
  const amount = amountOf(form, currency);
  if (amount === null) return null;
  if (form.type === 'points') return { type: 'points', points: amount };
  return form.type === 'percentage' ? { type: 'percentage', basisPoints: amount } : { type: form.type, minor: amount };
}

const whole = (text: string, least: number, most: number): number | null => {
  const value = typedNumber(text);
  return value >= least && value <= most ? value : null;
};

export type Problems = Readonly<Record<string, string>>;

/** `mostHoldoutBps` of the rules, for pages. */
const mostHoldoutBps = 2_000;

/** The typed share of customers who are not asked, basis points; below 0 or no number where it is none. */
export const heldOutOf = ({ heldOut }: Pick<ProgrammeForm, 'heldOut'>): number =>
  heldOut.trim() === '' ? 0 : typedShare(heldOut);

/** What is wrong with the typed texts, by field; tiers by their place. */
export function checkProgramme(form: ProgrammeForm, currency: string): Problems {
  const problems: Record<string, string> = {};
  const need = (field: string, good: boolean, message: string): void => {
    if (!good) problems[field] = message;
  };
  const offered = {
    type: form.offerType === 'amount' ? ('credit' as const) : ('percentage' as const),
    amount: form.offerAmount,
  };
  if (form.offerType === 'percentage' || form.offerType === 'amount')
    need('offerAmount', amountOf(offered, currency) !== null, 'Enter what friends get');
  form.tiers.forEach(({ from, reward }, at) => {
    const start = typedNumber(from);
    const before = at === 0 ? 0 : typedNumber(form.tiers[at - 1]?.from ?? '');
    need(
      `from${String(at)}`,
      at === 0 ? start === 1 : start > before && start <= 10_000,
      'Enter a higher number than above',
    );
    need(`reward${String(at)}`, amountOf(reward, currency) !== null, 'Enter an amount');
  });
  const least = form.minOrder.trim() === '' ? 0 : typedMoney(form.minOrder, currency);
  need('minOrder', least >= 0 && least <= 100_000_000, 'Enter an amount, or nothing');
  need('waitDays', whole(form.waitDays, 0, 120) !== null, 'Enter 0 to 120 days');
  need('linkDays', whole(form.linkDays, 1, 365) !== null, 'Enter 1 to 365 days');
  need('reviewDays', whole(form.reviewDays, 1, 90) !== null, 'Enter 1 to 90 days');
  need(
    'monthlyLimit',
    form.monthlyLimit.trim() === '' || whole(form.monthlyLimit, 1, 10_000) !== null,
    'Enter a number, or nothing',
  );
  const heldOut = heldOutOf(form);
  need('heldOut', heldOut >= 0 && heldOut <= mostHoldoutBps, 'Enter 0 to 20%, or nothing');
  need('creditReward', amountOf(form.creditReward, currency) !== null, 'Enter an amount');
  return problems;
}

/** The terms that the texts say; null while one is not readable. */
export function toTerms(form: ProgrammeForm, currency: string): ProgrammeTerms | null {
  if (Object.keys(checkProgramme(form, currency)).length > 0) return null;
  const creditReward = toReward(form.creditReward, currency);
  const tiers = form.tiers.flatMap(({ from, reward }) => {
    const made = toReward(reward, currency);
    return made ? [{ from: typedNumber(from), reward: made }] : [];
  });
  if (!creditReward) return null;
  return {
    offer:
      form.offerType === 'percentage'
        ? { type: 'percentage', basisPoints: typedShare(form.offerAmount) }
        : form.offerType === 'amount'
          ? { type: 'amount', minor: typedMoney(form.offerAmount, currency) }
          : { type: form.offerType },
    tiers,
    minOrderMinor: form.minOrder.trim() === '' ? 0 : typedMoney(form.minOrder, currency),
    waitDays: typedNumber(form.waitDays),
    linkDays: typedNumber(form.linkDays),
    household: form.household,
    creditReward,
    monthlyLimit: form.monthlyLimit.trim() === '' ? null : typedNumber(form.monthlyLimit),
    afterReview: form.afterReview,
    reviewDays: typedNumber(form.reviewDays),
  };
}
