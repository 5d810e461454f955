import { Thumbnail } from '@shopify/polaris';
import { ImageIcon } from '@shopify/polaris-icons';

/** A product's picture, or a quiet placeholder. The title beside it names it, so it needs no words of its own. */
export function Thumb({ url, size = 'small' }: { url: string | null; size?: 'extraSmall' | 'small' | 'medium' }) {
  return <Thumbnail source={url ?? ImageIcon} alt="" size={size} />;
}
