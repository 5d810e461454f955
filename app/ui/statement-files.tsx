import { BlockStack, Button, ButtonGroup, InlineGrid, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { zoneName } from './local-time.ts';
import { saveFile } from './save-file.ts';

interface StatementFilesProps {
  /** names the account */
  readonly address: URLSearchParams;
  /** whose days they are */
  readonly timeZone: string;
}

/** The statement of an account as a file: of some days, or whole. */
export function StatementFiles({ address, timeZone }: StatementFilesProps) {
  const [days, setDays] = useState({ from: '', until: '' });
  const [failed, setFailed] = useState(false);
  const save = (format: 'csv' | 'pdf'): void => {
    const query = new URLSearchParams(address);
    for (const [name, day] of Object.entries(days)) if (day !== '') query.set(name, day);
    setFailed(false);
    saveFile(`/ledger/statement/${format}?${query.toString()}`, `statement.${format}`).catch(() => {
      setFailed(true);
    });
  };
  const field = (label: string, name: 'from' | 'until') => (
    <TextField
      label={label}
      type="date"
      value={days[name]}
      autoComplete="off"
      onChange={(day) => {
        setDays({ ...days, [name]: day });
      }}
    />
  );
  return (
    <BlockStack gap="200">
      <InlineGrid columns={{ xs: 1, sm: '180px 180px auto' }} gap="300" alignItems="end">
        {field('Statement from', 'from')}
        {field('until', 'until')}
        <ButtonGroup>
          <Button
            onClick={() => {
              save('pdf');
            }}
          >
            Download PDF
          </Button>
          <Button
            onClick={() => {
              save('csv');
            }}
          >
            Download CSV
          </Button>
        </ButtonGroup>
      </InlineGrid>
      <Text as="p" tone="subdued">
        Days begin and end at midnight in {zoneName(timeZone)}.
      </Text>
      {failed ? (
        <Text as="p" tone="critical">
          The file could not be made. Try again in a moment.
        </Text>
      ) : null}
    </BlockStack>
  );
}
