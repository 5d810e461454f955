import { Banner, BlockStack, Button, Card, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import type { SimulationReport } from '#app/flows/loyalty/simulation-report.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatAge, formatCount, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { costOf } from './cost.ts';
import type { LoyaltyPageProps } from './loyalty-page.tsx';

interface SimulationCardProps extends Pick<LoyaltyPageProps, 'simulation' | 'now' | 'liability'> {
  readonly onStart: () => void;
  readonly busy: boolean;
}

/** What the programme, as it is saved, would have cost on the orders of the last year. */
export function SimulationCard({ simulation, now, liability, onStart, busy }: SimulationCardProps) {
  const { running, report, finishedAt, failure } = simulation;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            On the orders of the last year
          </Text>
          <Button onClick={onStart} disabled={busy || running !== null}>
            {report ? 'Calculate again' : 'Calculate'}
          </Button>
        </InlineStack>
        {running ? <RunProgress run={running} /> : null}
        {failure === null ? null : (
          <Banner tone="critical" title="The last calculation failed">
            <p>{failure}</p>
          </Banner>
        )}
        {report ? (
          <SimulationFigures report={report} breakage={liability?.breakage ?? usualBreakage} />
        ) : (
          <Text as="p" tone="subdued">
            Points, members by tier and what the rewards would have cost you, by the rules as they are saved now.
          </Text>
        )}
        {finishedAt ? (
          <Text as="p" tone="subdued">
            Calculated {formatAge(finishedAt, now)} by the rules that were saved then.
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** Of points, where nobody has had any yet. */
export const usualBreakage = 0.3;

/** What a simulation found, of whichever settings. */
export function SimulationFigures(props: { readonly report: SimulationReport; readonly breakage: number }) {
  return (
    <>
      <Found {...props} />
      <Beside report={props.report} />
    </>
  );
}

/** What is in the points beside those for orders, and what the past cannot tell. */
function Beside({ report }: { readonly report: SimulationReport }) {
  const { signUpPoints, entryPoints, birthdayPoints, birthdays, customers, freedOrders, shippingMinor } = report;
  const parts = [
    signUpPoints > 0 ? `${formatCount(signUpPoints)} for signing up` : null,
    entryPoints > 0 ? `${formatCount(entryPoints)} for reaching tiers` : null,
    birthdayPoints > 0 ? `${formatCount(birthdayPoints)} for birthdays` : null,
  ].filter((part) => part !== null);
  return (
    <BlockStack gap="100">
      {parts.length > 0 ? <Text as="p">Of these points: {parts.join(', ')}.</Text> : null}
      {freedOrders > 0 ? (
        <Text as="p">
          {formatPlural(freedOrders, 'order')} would have been sent free because of a tier, at{' '}
          {formatMoney(shippingMinor, report.currency)} each; that is in the cost.
        </Text>
      ) : null}
      <Text as="p" tone="subdued">
        Not in it, because the past does not tell: points for reviews, for following and sharing, and of customers who
        sign up and never order
        {birthdays < customers
          ? `; birthdays of the ${formatCount(customers - birthdays)} customers who told none`
          : ''}
        ; tiers are taken without days of grace.
      </Text>
    </BlockStack>
  );
}

function Found({ report, breakage }: { readonly report: SimulationReport; readonly breakage: number }) {
  const { currency } = report;
  const { expectedMinor, worstMinor, shareOfSales, breakEven } = costOf(report, breakage);
  return (
    <InlineGrid columns={{ xs: 1, md: 4 }} gap="300">
      <FigureCard
        name="Points"
        value={formatCount(report.points)}
        note={`by ${formatCount(report.orders)} orders, for ${formatCount(report.earners)} customers`}
      />
      <FigureCard
        name="Expected cost"
        value={formatMoney(expectedMinor, currency)}
        note={`${formatShare(shareOfSales)} of sales; ${formatMoney(worstMinor, currency)} if every point were redeemed, without tax`}
      />
      <FigureCard
        name="Break-even"
        value={breakEven === null ? '–' : `+${formatShare(breakEven)} sales`}
        note="So much more must members buy for the rewards to pay for themselves, at your margin"
      />
      <FigureCard
        name="A reward in reach"
        value={formatShare(report.customers === 0 ? 0 : report.withReward / report.customers)}
        note="of customers would have had enough points for the cheapest reward"
      />
    </InlineGrid>
  );
}
