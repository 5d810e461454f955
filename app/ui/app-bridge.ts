import type { ShopifyGlobal } from '@shopify/app-bridge-types';
import { askFrame } from './outside/requests.ts';

/** App Bridge, or null on the server and where its script did not load. */
export function appBridge(): ShopifyGlobal | null {
  return typeof window !== 'undefined' && 'shopify' in window ? window.shopify : null;
}

/** Shows a short confirmation in the admin. Problems belong beside what caused them, never here. */
export function toast(message: string, undo?: { label: string; onUndo: () => void }): void {
  const bridge = appBridge();
  if (!bridge) askFrame('toast', { message, undo: undo ?? null });
  else bridge.toast.show(message, undo ? { action: undo.label, onAction: undo.onUndo, duration: 8_000 } : {});
}
