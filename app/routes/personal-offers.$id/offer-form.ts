import type { Gift, OfferTerms, Trigger } from '#app/domains/personal-offers/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { fromLocalInput, toLocalInput } from '../../ui/local-time.ts';
import { shareText, typedMoney, typedNumber, typedShare } from '../../ui/typed.ts';

type On = Extract<Gift, { type: 'percentage' }>['on'];

/** The editor's texts as typed. */
export interface OfferForm {
  readonly title: string;
  readonly when: Trigger['type'];
  readonly segments: readonly string[];
  readonly present: boolean;
  /** '' = each order */
  readonly nth: string;
  readonly minTotal: string;
  readonly times: string;
  readonly days: string;
  readonly tierIds: readonly string[];
  /** only for who is in a segment of `among`, which are kept while it is off */
  readonly only: boolean;
  readonly among: readonly string[];
  readonly gift: Gift['type'];
  /** "5, 10, 15" */
  readonly sizes: string;
  /** what a percentage may take off at most; '' = no bound */
  readonly most: string;
  readonly on: On;
  readonly productIds: readonly string[];
  readonly free: { readonly productId: string; readonly variantId: string | null } | null;
  readonly cost: string;
  /** early access: when everybody can buy */
  readonly openFrom: string;
  readonly minSubtotal: string;
  readonly validDays: string;
  readonly budgetMoney: string;
  readonly budgetCount: string;
  readonly capTimes: string;
  readonly capDays: string;
  readonly mail: boolean;
  readonly store: boolean;
  readonly note: string;
  readonly holdout: string;
  readonly until: string;
}

export type OfferField = keyof OfferForm;
/** Fields that are a text. */
export type TextName = { [Name in OfferField]: OfferForm[Name] extends string ? Name : never }[OfferField];
export type Problems = Partial<Record<OfferField, string>>;

const moneyText = (minor: number | null, currency: string): string =>
  minor === null ? '' : formatDecimal(minor, currency);

/** A stored offer as texts. */
export function toOfferForm(title: string, terms: OfferTerms, currency: string, timeZone: string): OfferForm {
  const { trigger, gift } = terms;
  const sized = gift.type === 'percentage' || gift.type === 'amount' ? gift.sizes : [];
  return {
    title,
    when: trigger.type,
    segments: trigger.type === 'segment' ? trigger.segments : [],
    present: trigger.type === 'segment' ? trigger.present : true,
    nth: trigger.type === 'order' && trigger.nth !== null ? String(trigger.nth) : '',
    minTotal: moneyText(trigger.type === 'order' ? trigger.minTotalMinor : null, currency),
    times: String(trigger.type === 'viewed' ? trigger.times : 3),
    days: String(trigger.type === 'viewed' ? trigger.days : 7),
    tierIds: trigger.type === 'tier' ? trigger.tierIds : [],
    only: terms.among.length > 0,
    among: terms.among,
    gift: gift.type,
    sizes: sized
      .map((size) => (gift.type === 'percentage' ? shareText(size) : formatDecimal(size, currency)))
      .join('; '),
    most: moneyText((gift.type === 'percentage' ? gift.mostMinor : null) ?? null, currency),
    on: gift.type === 'percentage' ? gift.on : 'everything',
    productIds: gift.type === 'percentage' || gift.type === 'early-access' ? gift.productIds : [],
    free: gift.type === 'free-product' ? { productId: gift.productId, variantId: gift.variantId } : null,
    cost: 'costMinor' in gift ? formatDecimal(gift.costMinor, currency) : '',
    openFrom: gift.type === 'early-access' ? toLocalInput(new Date(gift.until), timeZone) : '',
    minSubtotal: moneyText(terms.minSubtotalMinor, currency),
    validDays: String(terms.validDays),
    budgetMoney: moneyText(terms.budget.minor, currency),
    budgetCount: terms.budget.count === null ? '' : String(terms.budget.count),
    capTimes: String(terms.cap.times),
    capDays: String(terms.cap.days),
    mail: terms.channels.mail,
    store: terms.channels.store,
    note: terms.note,
    holdout: shareText(terms.holdoutBps),
    until: terms.until === null ? '' : toLocalInput(new Date(terms.until), timeZone),
  };
}

/** Reads the texts; each that cannot be read is named with what is wrong with it. */
export function readOfferForm(
  form: OfferForm,
  currency: string,
  timeZone: string,
): { readonly terms: OfferTerms | null; readonly problems: Problems } {
  const problems: { [Field in OfferField]?: string } = {};
  const check = (field: OfferField, value: number, from: number, to: number, message: string): number => {
    if (!(value >= from && value <= to)) problems[field] = message;
    return value;
  };
  const whole = (field: TextName, from: number, to: number): number =>
    check(field, typedNumber(form[field]), from, to, `Enter a whole number from ${String(from)} to ${String(to)}`);
  const money = (field: TextName): number =>
    check(field, typedMoney(form[field], currency), 1, 1_000_000_000, 'Enter an amount');
  const optional = <T>(field: TextName, read: () => T): T | null => (form[field].trim() === '' ? null : read());

  if (form.title.trim() === '') problems.title = 'Enter a name';
  if (!form.mail && !form.store) problems.store = 'Choose at least one way to tell the customer';
  const until = form.until === '' ? null : fromLocalInput(form.until, timeZone);
  if (form.only && form.among.length === 0) problems.among = 'Choose at least one segment';
  if (form.only && form.among.length > mostSegments) problems.among = tooMany;
  if (form.until !== '' && until === null) problems.until = 'Enter a date and a time';
  const terms: OfferTerms = {
    trigger: readTrigger(form, problems, { whole, money, optional }),
    among: form.only ? [...form.among] : [],
    gift: readGift(form, problems, { currency, timeZone, money, optional }),
    minSubtotalMinor: optional('minSubtotal', () => money('minSubtotal')),
    validDays: whole('validDays', 1, 365),
    budget: {
      minor: optional('budgetMoney', () => money('budgetMoney')),
      count: optional('budgetCount', () => whole('budgetCount', 1, 10_000_000)),
    },
    cap: { times: whole('capTimes', 1, 100), days: whole('capDays', 1, 365) },
    channels: { mail: form.mail, store: form.store },
    note: form.note,
    holdoutBps: check('holdout', typedShare(form.holdout), 500, 5_000, 'Enter a percentage from 5 to 50'),
    until: until === null ? null : until.toISOString(),
  };
  return { terms: Object.keys(problems).length === 0 ? terms : null, problems };
}

/** As `offerTerms` has it. */
const mostSegments = 20;
const tooMany = `Choose at most ${String(mostSegments)} segments`;

interface Readers {
  readonly whole: (field: TextName, from: number, to: number) => number;
  readonly money: (field: TextName) => number;
  readonly optional: <T>(field: TextName, read: () => T) => T | null;
}

function readTrigger(form: OfferForm, problems: Problems, { whole, money, optional }: Readers): Trigger {
  const wrong = problems as { [Field in OfferField]?: string };
  switch (form.when) {
    case 'segment':
      if (form.segments.length === 0) wrong.segments = 'Choose at least one segment';
      if (form.segments.length > mostSegments) wrong.segments = tooMany;
      return { type: 'segment', segments: [...form.segments], present: form.present };
    case 'order':
      return {
        type: 'order',
        nth: optional('nth', () => whole('nth', 1, 100)),
        minTotalMinor: optional('minTotal', () => money('minTotal')),
      };
    case 'viewed':
      return { type: 'viewed', times: whole('times', 2, 50), days: whole('days', 1, 60) };
    case 'tier':
      return { type: 'tier', tierIds: [...form.tierIds] };
    case 'birthday':
      return { type: 'birthday' };
  }
}

function readGift(
  form: OfferForm,
  problems: Problems,
  {
    currency,
    timeZone,
    money,
    optional,
  }: { readonly currency: string; readonly timeZone: string } & Pick<Readers, 'money' | 'optional'>,
): Gift {
  const wrong = problems as { [Field in OfferField]?: string };
  if (form.gift === 'early-access') {
    const until = form.openFrom === '' ? null : fromLocalInput(form.openFrom, timeZone);
    if (until === null) wrong.openFrom = 'Enter a date and a time';
    if (form.productIds.length === 0) wrong.productIds = 'Choose products';
    return { type: 'early-access', productIds: [...form.productIds], until: (until ?? new Date(0)).toISOString() };
  }
  if (form.gift === 'free-shipping') return { type: 'free-shipping', costMinor: money('cost') };
  if (form.gift === 'free-product') {
    if (form.free === null) wrong.free = 'Choose a product';
    return { type: 'free-product', ...(form.free ?? { productId: '', variantId: null }), costMinor: money('cost') };
  }
  const read = (text: string) => (form.gift === 'percentage' ? typedShare(text) : typedMoney(text, currency));
  const sizes = form.sizes
    .split(';')
    .map(read)
    .toSorted((a, b) => a - b);
  const most = form.gift === 'percentage' ? 9_000 : 1_000_000_000;
  const least = form.gift === 'percentage' ? 100 : 1;
  if (sizes.length > 4 || new Set(sizes).size !== sizes.length || !sizes.every((size) => size >= least && size <= most))
    wrong.sizes = 'Enter up to four different sizes, divided by semicolons';
  if (form.gift === 'amount') return { type: 'amount', sizes };
  const hasProduct = form.when === 'order' || form.when === 'viewed';
  if ((form.on === 'the-product' || form.on === 'what-goes-with-it') && !hasProduct)
    wrong.on = 'Only an order or a product that was looked at names a product';
  if (form.on === 'products' && form.productIds.length === 0) wrong.on = 'Choose products';
  const mostMinor = optional('most', () => money('most'));
  return {
    type: 'percentage',
    sizes,
    ...(mostMinor === null ? {} : { mostMinor }),
    on: form.on,
    productIds: form.on === 'products' ? [...form.productIds] : [],
  };
}
