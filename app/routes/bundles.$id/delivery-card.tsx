import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, ChoiceList, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { Delivery } from '#app/domains/deliveries/index.ts';
import type { DeliveryChoices } from '#app/flows/delivery-choices.ts';
import { toast } from '../../ui/app-bridge.ts';
import { usePolling } from '../../ui/use-polling.ts';
import { deliveryProblems, deliveryState, deliveryWords, isUnderWay } from './delivery-words.ts';

/** What the server says to a chosen delivery. */
export interface DeliveryAnswer {
  readonly delivery: Delivery;
}

/** How a stored bundle reaches the checkout. Saved by itself: it is no part of the bundle's form. */
export function DeliveryCard({ choices, live }: { choices: DeliveryChoices; live: boolean }) {
  const fetcher = useFetcher<DeliveryAnswer>();
  const [chosen, setChosen] = useState(choices.chosen);
  const handled = useRef<DeliveryAnswer | undefined>(undefined);
  const answer = fetcher.data;
  useEffect(() => {
    if (!answer || handled.current === answer) return;
    handled.current = answer;
    toast('Delivery saved');
  }, [answer]);
  usePolling(isUnderWay(choices, live));
  const state = deliveryState(choices, live);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          How it is delivered at checkout
        </Text>
        <ChoiceList
          title="The bundle reaches the checkout"
          choices={choices.ways.map(({ delivery, problem }) => ({
            label: deliveryWords[delivery].label,
            value: delivery,
            // The one in use can be looked at, and left, whatever became of it.
            disabled: problem !== null && delivery !== choices.chosen,
            helpText:
              problem === null || delivery === choices.chosen ? (
                deliveryWords[delivery].help
              ) : (
                <>
                  {deliveryWords[delivery].help} <strong>{deliveryProblems[problem]}</strong>
                </>
              ),
          }))}
          selected={[chosen]}
          onChange={([next]) => {
            setChosen(next as Delivery);
          }}
        />
        {state === null ? null : (
          <Text as="p" tone={choices.problem === null ? 'subdued' : 'critical'}>
            <span role="status">{state}</span>
          </Text>
        )}
        <InlineStack align="end">
          <Button
            disabled={chosen === choices.chosen}
            loading={fetcher.state === 'submitting'}
            onClick={() => {
              fetcher.submit({ delivery: chosen }, { method: 'post', encType: 'application/json' });
            }}
          >
            Save delivery
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
