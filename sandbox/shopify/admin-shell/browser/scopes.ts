import { askInDialog } from './dialog.ts';

interface ScopesDetail {
  readonly granted: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}
type Change = 'grant' | 'revoke';

/** Asks the merchant for optional scopes and says what came of it, as App Bridge's `scopes.request` does. */
export async function requestScopes(
  base: string,
  scopes: readonly string[],
): Promise<{ result: 'granted-all' | 'declined-all'; detail: ScopesDetail }> {
  const { granted, optional } = await readScopes(base);
  assertKnown(scopes, [...granted, ...optional]);
  const missing = scopes.filter((scope) => !granted.includes(scope));
  const agreed = missing.length === 0 || (await allows(missing));
  const detail = agreed && missing.length > 0 ? await change(base, 'grant', missing) : await readScopes(base);
  return { result: agreed ? 'granted-all' : 'declined-all', detail };
}

/** Gives optional scopes back. */
export async function revokeScopes(base: string, scopes: readonly string[]): Promise<{ detail: ScopesDetail }> {
  assertKnown(scopes, (await readScopes(base)).optional);
  return { detail: await change(base, 'revoke', scopes) };
}

function assertKnown(scopes: readonly string[], known: readonly string[]): void {
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0) throw new Error(`not among the app's optional scopes: ${unknown.join(', ')}`);
}

async function readScopes(base: string): Promise<ScopesDetail> {
  return (await (await fetch(`${base}/bridge/scopes`)).json()) as ScopesDetail;
}

async function change(base: string, which: Change, scopes: readonly string[]): Promise<ScopesDetail> {
  await fetch(`${base}/bridge/scopes/${which}`, { method: 'POST', body: JSON.stringify({ scopes }) });
  return readScopes(base);
}

async function allows(scopes: readonly string[]): Promise<boolean> {
  document
    .getElementById('scopes-list')
    ?.replaceChildren(...scopes.map((scope) => Object.assign(document.createElement('li'), { textContent: scope })));
  return (await askInDialog(document.getElementById('scopes') as HTMLDialogElement)) === 'allow';
}
