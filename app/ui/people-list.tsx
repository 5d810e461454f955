import { Form, useSearchParams } from '@remix-run/react';
import { Box, Button, InlineStack, TextField } from '@shopify/polaris';
import { type ReactNode, useState } from 'react';

type Change = Readonly<Record<string, string | null>>;

/** Changes parts of the address of a list that is read page after page; null takes a part out. It begins anew with each. */
export function usePeopleAddress(): (change: Change) => void {
  const [params, setParams] = useSearchParams();
  return (change) => {
    const address = new URLSearchParams(params);
    for (const [key, value] of Object.entries({ after: null, ...change }))
      if (value === null) address.delete(key);
      else address.set(key, value);
    setParams(address);
  };
}

interface PeopleSearchProps {
  readonly search: string;
  /** what went wrong with the list's file; '' = nothing */
  readonly problem: string;
  readonly onSearch: (change: Change) => void;
  /** further choices */
  readonly children?: ReactNode;
}

/** One customer is found by e-mail address or customer number. */
export function PeopleSearch({ search, problem, onSearch, children }: PeopleSearchProps) {
  const [typed, setTyped] = useState(search);
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch({ search: typed.trim() === '' ? null : typed.trim() });
      }}
    >
      <InlineStack gap="200" blockAlign="end">
        <Box minWidth="280px">
          <TextField
            label="E-mail address or customer number"
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            {...(problem === '' ? {} : { error: problem })}
          />
        </Box>
        {children}
        <Button submit>Search</Button>
      </InlineStack>
    </Form>
  );
}

interface PageButtonsProps {
  /** the first page is shown */
  readonly first: boolean;
  /** where the next page begins; null = this is the last one */
  readonly next: string | null;
  readonly onOpen: (change: Change) => void;
}

/** Walks through a list that is only read forwards. */
export function PageButtons({ first, next, onOpen }: PageButtonsProps) {
  return (
    <InlineStack gap="200">
      {first ? null : (
        <Button
          onClick={() => {
            onOpen({});
          }}
        >
          First page
        </Button>
      )}
      {next === null ? null : (
        <Button
          onClick={() => {
            onOpen({ after: next });
          }}
        >
          Next page
        </Button>
      )}
    </InlineStack>
  );
}
