/** What the frame and the shell say to each other, by postMessage. */
export interface BridgeButton {
  readonly label: string;
  readonly disabled: boolean;
  readonly loading: boolean;
  readonly main: boolean;
}

export type FromApp =
  | { readonly type: 'nav'; readonly items: readonly { readonly label: string; readonly href: string }[] }
  | { readonly type: 'title'; readonly title: string | null; readonly buttons: readonly BridgeButton[] }
  | {
      readonly type: 'save-bar';
      readonly save: BridgeButton | null;
      readonly discard: BridgeButton | null;
      readonly visible: boolean;
    }
  | {
      readonly type: 'toast';
      readonly id: string;
      readonly message: string;
      readonly isError: boolean;
      readonly action: string | null;
      readonly duration: number;
    }
  | { readonly type: 'toast-hide'; readonly id: string }
  | { readonly type: 'loading'; readonly on: boolean }
  | { readonly type: 'location'; readonly path: string }
  | { readonly type: 'open'; readonly path: string; readonly newWindow: boolean }
  | {
      readonly type: 'request';
      readonly id: number;
      readonly what: 'idToken' | 'extensions' | 'scopes' | 'request-scopes' | 'revoke-scopes' | 'leave' | 'picker';
      readonly options?: PickerOptions;
      readonly scopes?: readonly string[];
    };

export interface PickerOptions {
  readonly type: 'product' | 'collection';
  readonly multiple: boolean | number;
  readonly query: string;
  readonly selection: readonly { readonly id: string; readonly variants?: readonly { readonly id: string }[] }[];
  readonly variants: boolean;
  readonly draft: boolean;
  readonly archived: boolean;
}

export type FromShell =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown; readonly refused: boolean }
  | { readonly type: 'navigate'; readonly href: string }
  | { readonly type: 'title-button'; readonly index: number }
  | { readonly type: 'save-bar-button'; readonly which: 'save' | 'discard' }
  | { readonly type: 'toast-event'; readonly id: string; readonly event: 'action' | 'dismiss' };

export const channel = 'sandbox-app-bridge';
export interface Envelope<Message> {
  readonly channel: typeof channel;
  readonly message: Message;
}
