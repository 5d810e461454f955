import { BlockStack, Card, Text } from '@shopify/polaris';
import { AddRow } from './add-row.tsx';
import { freeId } from './earn-words.ts';
import { ItemBox } from './item-box.tsx';
import type { CardProps } from './programme-page.tsx';
import { RewardFields } from './reward-fields.tsx';
import { firstReward, kindsOf, type Reward, rewardNames } from './reward-words.ts';

/** What points become: codes that the customer alone can use, once, and what the store gives by itself. */
export function RewardsCard({ settings, digits, change, gifts, titles }: CardProps) {
  const { rewards, currency } = settings;
  const set = (id: string, next: Reward | null): void => {
    change({ rewards: rewards.flatMap((reward) => (reward.id === id ? (next ?? []) : reward)) });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Rewards
        </Text>
        {rewards.map((reward) => (
          <ItemBox
            key={reward.id}
            name={reward.title === '' ? 'Reward' : reward.title}
            about={rewardNames[reward.kind]}
            on={reward.on}
            onSwitch={(on) => {
              set(reward.id, { ...reward, on });
            }}
            onRemove={() => {
              set(reward.id, null);
            }}
          >
            <RewardFields
              reward={reward}
              currency={currency}
              digits={digits}
              titles={titles}
              onChange={(next) => {
                set(reward.id, next);
              }}
            />
          </ItemBox>
        ))}
        <AddRow
          label="Another reward"
          first="amount"
          kinds={kindsOf(gifts).map((value) => ({ value, label: rewardNames[value] }))}
          onAdd={(kind) => {
            const id = freeId(
              kind,
              rewards.map((reward) => reward.id),
            );
            change({ rewards: [...rewards, { ...firstReward(kind, 10 ** digits), id } as Reward] });
          }}
        />
        {gifts.giftCards && gifts.storeCredit ? null : (
          <Text as="p" tone="subdued">
            Gift cards and store credit cannot be rewards here: the store has none of its own. A fixed amount off an
            order does the same for the customer.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
