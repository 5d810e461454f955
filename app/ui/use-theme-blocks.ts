import { useEffect, useState } from 'react';
import { appBridge } from './app-bridge.ts';

/** One of our blocks and whether a theme of the store shows it. */
export interface ThemeBlock {
  readonly handle: string;
  readonly name: string;
  readonly live: boolean;
}

/** null while asking; 'unknown' where the admin cannot tell. */
export type ThemeBlocks = readonly ThemeBlock[] | 'unknown' | null;

/** Asks the admin which of our theme blocks are live. Asked again when the merchant comes back to the page. */
export function useThemeBlocks(): ThemeBlocks {
  const [blocks, setBlocks] = useState<ThemeBlocks>(null);
  useEffect(() => {
    let left = false;
    const ask = async (): Promise<void> => {
      const bridge = appBridge();
      const extensions = bridge ? await bridge.app.extensions().catch(() => null) : null;
      if (left) return;
      setBlocks(
        extensions?.flatMap((extension) =>
          extension.type === 'theme_app_extension'
            ? extension.activations.flatMap((block) =>
                'handle' in block ? [{ handle: block.handle, name: block.name, live: block.status === 'active' }] : [],
              )
            : [],
        ) ?? 'unknown',
      );
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
