import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { findCustomers, hashEmail } from '#app/domains/customers/index.ts';
import {
  findAccounts,
  findAccountsOf,
  formatAmount,
  readBalances,
  readBalancesAt,
  readCheck,
  readStatement,
  readTotals,
  readUnits,
} from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { requireMerchant } from '../merchant.server.ts';
import { accountQuery, type Calendar, dayQuery, endQuery, searchQuery } from './account-query.ts';
import { LedgerPage } from './ledger-page.tsx';
import { sourceWords } from './source-words.ts';

export const meta: MetaFunction = () => [{ title: 'Ledger' }];

const pageRows = 50;
const found = 20;
const totalDays = 30;
const dayMs = 86_400_000;
const beforeQuery = z.coerce.number().int().positive().nullable().catch(null);

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const asked = accountQuery.safeParse(Object.fromEntries(params));
  const search = searchQuery.parse(params.get('search') ?? '');
  const { now } = merchant;
  const { timeZone } = merchant.shop;
  return merchant.inShop(async (scope) => {
    const check = await readCheck(scope);
    return {
      totals: await readAllTotals(scope, now),
      check: check && { at: check.checkedAt, transactions: check.transactions, differences: check.differences.length },
      accounts: await lookUp(scope, search, hashEmail(args.context.services.secrets, search)),
      account: asked.success ? await readAccount(scope, asked.data, params, { timeZone, now }) : null,
      timeZone,
      days: totalDays,
    };
  });
}

/** Accounts by the beginning of the customer's number, or by the whole e-mail address. */
async function lookUp(scope: ShopScope, search: string, emailHash: string | null) {
  if (search === '') return [];
  if (!search.includes('@')) return findAccounts(scope, search, found);
  const customers = await findCustomers(scope, null, emailHash);
  return findAccountsOf(
    scope,
    'customer',
    customers.map(({ id }) => id),
  );
}

async function readAllTotals(scope: ShopScope, now: Date) {
  const span = { from: new Date(now.getTime() - totalDays * dayMs), to: new Date(now.getTime() + 1) };
  const totals = [];
  for (const unit of await readUnits(scope)) {
    const { outstanding, moved } = await readTotals(scope, unit, span);
    const write = (amount: number) => formatAmount(amount, unit);
    totals.push({
      unit,
      outstanding: [outstanding.available, outstanding.pending, outstanding.held, outstanding.debts].map(write),
      debtors: outstanding.debtors,
      moved: [moved.issued, moved.redeemed, moved.expired, moved.adjusted, moved.forfeited].map(write),
    });
  }
  return totals;
}

async function readAccount(
  scope: ShopScope,
  asked: z.output<typeof accountQuery>,
  params: URLSearchParams,
  calendar: Calendar,
) {
  const account = { ownerKind: asked.kind, ownerId: asked.owner, unit: asked.unit };
  const end = endQuery(params, 'day', calendar);
  const before = beforeQuery.parse(params.get('before'));
  const balances = end === null ? await readBalances(scope, account) : await readBalancesAt(scope, account, end);
  const { rows, next } = await readStatement(scope, account, { before, limit: pageRows });
  // Where nothing ever happened there is no account.
  if (rows.length === 0 && before === null) return null;
  const write = (amount: number) => formatAmount(amount, account.unit);
  return {
    ...account,
    day: dayQuery.parse(params.get('day')),
    first: before === null,
    next,
    balances: { available: write(balances.available), pending: write(balances.pending), held: write(balances.held) },
    rows: rows.map((row) => ({
      id: row.transactionId,
      at: row.at,
      operation: row.operation,
      source: sourceWords(row.source),
      amounts: [row.available, row.pending, row.held, row.balance].map(write),
    })),
  };
}

export type LedgerData = Awaited<ReturnType<typeof loader>>;

export default function LedgerRoute() {
  return <LedgerPage {...useLoaderData<typeof loader>()} />;
}
