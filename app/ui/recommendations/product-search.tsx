import { useSearchParams } from '@remix-run/react';
import { Icon, TextField } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useState } from 'react';

/** Looks up a product by the page's address: typing waits a moment, and what was looked up before leaves the address. */
export function ProductSearch({ search, placeholder }: { search: string; placeholder: string }) {
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState(search);
  const current = params.get('search') ?? '';
  useEffect(() => {
    if (text.trim() === current) return;
    const timer = setTimeout(() => {
      setParams(text.trim() === '' ? {} : { search: text.trim() }, { replace: true, preventScrollReset: true });
    }, 300);
    return () => {
      clearTimeout(timer);
    };
  }, [text, current, setParams]);
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
