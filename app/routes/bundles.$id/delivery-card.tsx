import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, ChoiceList, InlineStack, Link, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { Delivery, DeliveryProblem } from '#app/domains/deliveries/index.ts';
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
            // Polaris greys the help of a choice that is not open out of sight: then it stands below.
            ...(problem === null || delivery === choices.chosen
              ? { helpText: deliveryWords[delivery].help }
              : {
                  renderChildren: () => (
                    <BlockStack gap="100">
                      <Text as="p" tone="subdued">
                        {deliveryWords[delivery].help}
                      </Text>
                      <ProblemWords problem={problem} />
                    </BlockStack>
                  ),
                }),
          }))}
          selected={[chosen]}
          onChange={([next]) => {
            setChosen(next as Delivery);
          }}
        />
        {state === null ? null : (
          <div role="status">
            {choices.problem === null ? (
              <Text as="p" tone="subdued">
                {state}
              </Text>
            ) : (
              <>
                <ProblemWords problem={choices.problem} />
                <Text as="p">{state}</Text>
              </>
            )}
          </div>
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

function ProblemWords({ problem }: { problem: DeliveryProblem }) {
  return (
    <Text as="p" tone="caution">
      {deliveryProblems[problem]} {problem === 'codes' ? <Link url="/settings">Open Settings</Link> : null}
    </Text>
  );
}
