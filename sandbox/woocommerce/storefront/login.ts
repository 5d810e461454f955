import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { WooCustomer } from '../model.ts';
import type { WooStore } from '../store.ts';

const cookie = 'sandbox_woo_customer';

/** Who is logged in to the shop; null = a guest. */
export const readCustomer = (c: Context, store: WooStore): WooCustomer | null =>
  store.customers.get(readCustomerId(c)) ?? null;

/** The id that the browser is logged in with, 0 for a guest. */
export const readCustomerId = (c: Context): number => Number(getCookie(c, cookie) ?? '0') || 0;

/** Logs a customer in; 0 logs out. */
export const writeCustomer = (c: Context, id: number): void =>
  setCookie(c, cookie, id.toString(), { path: '/', sameSite: 'Lax', httpOnly: true });
