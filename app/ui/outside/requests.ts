import type { PickedCollection, PickedItem } from '../product-picker.ts';

/** What pages ask of the frame around them where there is no admin that does it. */
export interface FrameRequests {
  toast: { readonly message: string; readonly undo: { readonly label: string; readonly onUndo: () => void } | null };
  pickProducts: {
    readonly current: readonly { readonly productId: string; readonly variantId: string | null }[];
    readonly multiple: boolean;
    readonly done: (picked: PickedItem[] | null) => void;
  };
  pickCollections: {
    readonly current: readonly string[];
    readonly done: (picked: PickedCollection[] | null) => void;
  };
}

type Listener<Name extends keyof FrameRequests> = (request: FrameRequests[Name]) => void;

const listeners: { [Name in keyof FrameRequests]: Set<Listener<Name>> } = {
  toast: new Set(),
  pickProducts: new Set(),
  pickCollections: new Set(),
};

/** Hands a request to the frame; false where nobody takes it. */
export function askFrame<Name extends keyof FrameRequests>(name: Name, request: FrameRequests[Name]): boolean {
  for (const listener of listeners[name]) listener(request);
  return listeners[name].size > 0;
}

/** The frame takes requests of one kind until the returned function is called. */
export function answerPages<Name extends keyof FrameRequests>(name: Name, listener: Listener<Name>): () => void {
  listeners[name].add(listener);
  return () => {
    listeners[name].delete(listener);
  };
}
