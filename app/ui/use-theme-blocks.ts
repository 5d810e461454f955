import { useEffect, useState } from 'react';
import { appBridge } from './app-bridge.ts';

/** One of our blocks and whether a theme of the store shows it. */
export interface ThemeBlock {
  readonly handle: string;
  readonly name: string;
  readonly live: boolean;
}

export type ThemeBlocks =
  | { readonly state: 'asking' }
  /** the admin cannot tell */
  | { readonly state: 'unknown' }
  | { readonly state: 'known'; readonly blocks: readonly ThemeBlock[] };

/** Asks the admin which of our theme blocks are live. Asked again when the merchant comes back to the page. */
export function useThemeBlocks(): ThemeBlocks {
  const [blocks, setBlocks] = useState<ThemeBlocks>({ state: 'asking' });
  useEffect(() => {
    let left = false;
    const ask = async (): Promise<void> => {
      const bridge = appBridge();
      const extensions = bridge ? await bridge.app.extensions().catch(() => null) : null;
      if (left) return;
      const found = extensions?.flatMap((extension) =>
        extension.type === 'theme_app_extension'
          ? extension.activations.flatMap((block) =>
              'handle' in block ? [{ handle: block.handle, name: block.name, live: block.status === 'active' }] : [],
            )
          : [],
      );
      setBlocks(found && found.length > 0 ? { state: 'known', blocks: found } : { state: 'unknown' });
    };
    const seen = (): void => {
      if (!document.hidden) void ask();
    };
    void ask();
    document.addEventListener('visibilitychange', seen);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
  return blocks;
}
