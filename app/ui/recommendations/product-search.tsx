import { useSearchParams } from '@remix-run/react';
import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useSearchText } from '../use-search-text.ts';
import { lookUpAddress } from './look-up-address.ts';

interface ProductSearchProps {
  readonly search: string;
  readonly placeholder: string;
  /** products of the cart that is tried on this page: it stays */
  readonly cart?: readonly string[];
}

/** Looks up a product by the page's address: typing waits a moment, and what was looked up before leaves the address. */
export function ProductSearch({ search, placeholder, cart = [] }: ProductSearchProps) {
  const [params, setParams] = useSearchParams();
  const [text, setText] = useSearchText(search, params.get('search') ?? '', (asked) => {
    setParams(lookUpAddress({ search: asked, cart }), { replace: true, preventScrollReset: true });
  });
  return (
    <TextField
      label="Look up a product"
      labelHidden
      type="search"
      placeholder={placeholder}
      prefix={<Icon source={SearchIcon} tone="base" />}
      value={text}
      onChange={setText}
      clearButton
      onClearButtonClick={() => {
        setText('');
      }}
      autoComplete="off"
    />
  );
}
