import { Form, useNavigation } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, Collapsible, FormLayout, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { Leave } from '#app/flows/leave-progress.ts';
import { LeaveBanner } from './leave-banner.tsx';
import type { Notice } from './route.tsx';

const notices: Readonly<Record<Notice, { tone: 'info' | 'warning'; text: string }>> = {
  'signed-out': { tone: 'info', text: 'Your sign-in has ended. Sign in again with your store.' },
  denied: { tone: 'info', text: 'Your store did not let Trellis in. Nothing was connected.' },
  over: { tone: 'warning', text: 'This took too long, or was done already. Begin again.' },
  'other-browser': {
    tone: 'warning',
    text: 'You came back in another browser than you began with, or somebody sent you here. If you have just approved Trellis in your store without wanting to, delete its key under WooCommerce, Settings, Advanced, REST API.',
  },
  used: {
    tone: 'info',
    text: 'This link has been used, or is older than a minute. Open Trellis from your store once more.',
  },
  bye: { tone: 'info', text: 'You are signed out.' },
};

const advice: Readonly<Record<string, string>> = {
  'not-an-address': 'This is no address of a store. It looks like https://your-store.com.',
  'not-public': 'Your store must be reachable from the internet by its name and https.',
  unreachable: 'Nobody answers under this address. Check it, and whether your store is online.',
  'no-woocommerce': 'There is no WooCommerce under this address. Check that the plugin is active.',
  blocked:
    'Something in front of your store keeps Trellis out of its REST API. Ask your host, or look into your security plugin: it must let requests to /wp-json/ through.',
};

interface ConnectPageProps {
  readonly notice: Notice | null;
  /** of the store that this browser has just disconnected */
  readonly leave: Leave | null;
  readonly now: Date;
  readonly address: string;
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** Where a merchant with a WooCommerce store begins, and signs in again. */
export function ConnectPage({ notice, leave, now, address: first, problem }: ConnectPageProps) {
  const [address, setAddress] = useState(first);
  const [byHand, setByHand] = useState(false);
  const [key, setKey] = useState('');
  const [secret, setSecret] = useState('');
  const busy = useNavigation().state !== 'idle';
  const known = notice && notices[notice];
  return (
    <Page narrowWidth title="Connect your WooCommerce store">
      <BlockStack gap="400">
        {known ? <Banner tone={known.tone}>{known.text}</Banner> : null}
        {leave ? <LeaveBanner leave={leave} now={now} /> : null}
        <Card>
          {/* Goes on in the store: a page of its own, not a fetch. */}
          <Form method="post" reloadDocument>
            <FormLayout>
              <Text as="p">
                Type the address of your store. It asks you there whether Trellis may read your products and orders and
                publish what it finds. You can take that back at any time.
              </Text>
              <TextField
                label="Address of your store"
                name="address"
                type="text"
                inputMode="url"
                placeholder="https://your-store.com"
                autoComplete="url"
                value={address}
                onChange={setAddress}
                {...(problem ? { error: advice[problem.code] ?? problem.message } : {})}
              />
              {/* One item of the form: what is closed leaves no gap. */}
              <BlockStack gap={byHand ? '300' : '0'}>
                <div>
                  <Button
                    variant="plain"
                    disclosure={byHand ? 'up' : 'down'}
                    ariaExpanded={byHand}
                    ariaControls="keys-by-hand"
                    onClick={() => setByHand(!byHand)}
                  >
                    Use keys that I made myself
                  </Button>
                </div>
                <Collapsible id="keys-by-hand" open={byHand}>
                  <BlockStack gap="300">
                    <Text as="p" tone="subdued">
                      For stores that cannot reach Trellis, as on your own computer. Make a key with permission to read
                      and write under WooCommerce, Settings, Advanced, REST API.
                    </Text>
                    <TextField label="Consumer key" name="key" autoComplete="off" value={key} onChange={setKey} />
                    <TextField
                      label="Consumer secret"
                      name="secret"
                      type="password"
                      autoComplete="off"
                      value={secret}
                      onChange={setSecret}
                    />
                  </BlockStack>
                </Collapsible>
              </BlockStack>
              <Button submit variant="primary" loading={busy}>
                Connect
              </Button>
            </FormLayout>
          </Form>
        </Card>
      </BlockStack>
    </Page>
  );
}
