import { Badge, BlockStack, Button, Card, Text } from '@shopify/polaris';
import type { ArmReading, SplitTest, TestReading } from '#app/domains/experiments/index.ts';
import { formatCount, formatMoney, formatShare } from '../../ui/format.ts';
import { armName, changeWords } from './experiment-words.ts';
import type { ExperimentChange } from './use-experiment-change.ts';

interface ArmsTableProps {
  readonly test: SplitTest;
  readonly reading: TestReading;
  readonly change: ExperimentChange;
}

/** The numbers of each version. A table that becomes a list of cards on a phone. */
export function ArmsTable({ test, reading, change }: ArmsTableProps) {
  const { currency } = reading;
  const applicable = test.state === 'running' || test.state === 'stopped';
  const numbers = (arm: ArmReading): readonly (readonly [name: string, value: string, range?: string])[] => [
    ['Visitors', formatCount(arm.visitors)],
    ['Bought', arm.visitors === 0 ? '0' : `${formatCount(arm.buyers)} (${formatShare(arm.buyers / arm.visitors)})`],
    ['Revenue', formatMoney(arm.revenueMinor, currency)],
    ['Profit', formatMoney(arm.profitMinor, currency)],
    ['Profit per 100 visitors', formatMoney(arm.profitPerVisitor * 100, currency)],
    [
      'Difference to A',
      arm.contrast ? formatMoney(arm.contrast.difference * 100, currency, { sign: true }) : '–',
      arm.contrast
        ? `(${formatMoney(arm.contrast.low * 100, currency, { sign: true })} to ${formatMoney(arm.contrast.high * 100, currency, { sign: true })})`
        : '',
    ],
  ];
  return (
    <Card padding="0">
      <table className="arms-table">
        <caption>
          <Text as="h2" variant="headingSm">
            Versions
          </Text>
        </caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            {(reading.arms[0] ? numbers(reading.arms[0]) : []).map(([name]) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {reading.arms.map((arm, index) => {
            const shown = test.arms.find((one) => one.key === arm.key)?.change ?? {};
            return (
              <tr key={arm.key}>
                <th scope="row">
                  <BlockStack gap="050" inlineAlign="start">
                    <Text as="span" fontWeight="semibold">
                      {`Version ${armName(arm.key)}`}
                    </Text>
                    <Text as="span" tone="subdued" variant="bodySm">
                      {changeWords(shown, currency)}
                    </Text>
                    {test.appliedArm === arm.key ? <Badge tone="success">Applied</Badge> : null}
                  </BlockStack>
                </th>
                {numbers(arm).map(([name, value, range]) => (
                  <td key={name} data-name={name}>
                    <span>
                      <span className="arms-value">{index === 0 && name === 'Difference to A' ? '–' : value}</span>{' '}
                      {range ? <span className="arms-value">{range}</span> : null}
                    </span>
                  </td>
                ))}
                <td className="arms-table-action">
                  {index > 0 && applicable ? (
                    <Button
                      disabled={change.busy}
                      accessibilityLabel={`Apply version ${armName(arm.key)}`}
                      onClick={() => {
                        change.ask('apply', arm.key);
                      }}
                    >
                      Apply
                    </Button>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
