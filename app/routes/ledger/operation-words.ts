import type { Operation } from '#app/domains/ledger/index.ts';

/** What was booked, in the merchant's words. */
export const operationWords: Readonly<Record<Operation, string>> = {
  earn: 'Given',
  spend: 'Used',
  hold: 'Set aside',
  capture: 'Used what was set aside',
  release: 'No longer set aside',
  vest: 'Became available',
  expire: 'Expired',
  'take-back': 'Taken back',
  'give-back': 'Given back',
  transfer: 'Joined with another customer',
  close: 'Account closed',
};
