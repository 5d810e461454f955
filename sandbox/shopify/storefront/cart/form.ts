import type { Context } from 'hono';

type Tree = { [key: string]: string | Tree };
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a cart request: JSON as it is, a form with Rails-style names (`items[0][id]`, `updates[]`,
 * `properties[x]`) as a tree. What cannot be read is an empty object, which no action accepts.
 */
export async function readForm(c: Context): Promise<unknown> {
  if ((c.req.header('content-type') ?? '').includes('json')) return c.req.json<unknown>().catch(() => ({}));
  const form = await c.req.formData().catch(() => new FormData());
  return treeOf([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
}

/** Names with brackets become branches; branches whose keys are numbers become lists, gaps closed. */
export function treeOf(entries: readonly (readonly [string, string])[]): unknown {
  const root: Tree = {};
  for (const [name, value] of entries) {
    const keys = name.replaceAll(']', '').split('[');
    if (keys.some((key) => forbidden.has(key))) continue;
    let place = root;
    keys.forEach((raw, depth) => {
      const key = raw === '' ? String(Object.keys(place).length) : raw;
      if (depth === keys.length - 1) place[key] = value;
      else {
        const next = place[key];
        place = typeof next === 'object' ? next : (place[key] = {});
      }
    });
  }
  const items = root['items'];
  // A tick box that is off leaves a place without an id.
  if (typeof items === 'object')
    return { ...root, items: Object.values(items).filter((each) => typeof each === 'object' && 'id' in each) };
  const updates = root['updates'];
  if (typeof updates === 'object' && Object.keys(updates).every((key, index) => key === String(index)))
    return { ...root, updates: Object.values(updates) };
  return root;
}
