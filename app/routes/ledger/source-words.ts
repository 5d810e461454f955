const kinds: Readonly<Record<string, string>> = {
  order: 'Order',
  'loyalty-activity': 'Way to earn',
  'loyalty-redemption': 'Reward',
  'loyalty-import': 'Brought from another app',
  referral: 'A friend’s order',
  adjustment: 'By hand',
  lot: 'Due day of',
  account: 'Account',
  'customer-merge': 'Joined with another customer',
};

/** What a line was booked for, as far as a merchant needs it; the CSV has it whole. */
export function sourceWords({ kind, id }: { readonly kind: string; readonly id: string }): string {
  const words = kinds[kind];
  // Our own ids are known by their beginning.
  const short = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{32,}$/.test(id) ? id.slice(0, 8) : id;
  return `${words ?? kind} ${short}`;
}
