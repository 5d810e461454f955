/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import {
  applyCode,
  askForRewards,
  type CheckoutHost,
  type CheckoutRewards,
  codesLeft,
  isReached,
  mayAddCodes,
  type OpenCode,
  type Reward,
  type Told,
  redeemInto,
} from './use-points.ts';

/** A customer's points at the checkout, and a button for each thing they reach. Nothing at first, and for guests. */
export function UsePoints({ host, origin }: { host: CheckoutHost; origin: string }) {
  const [shown, setShown] = useState<CheckoutRewards | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  useEffect(() => {
    void askForRewards(host, origin).then((answer) => {
      setShown(answer?.rewards ?? null);
    });
  }, [host, origin]);
  if (!shown) return null;

  const doing = (what: string, work: () => Promise<Told | null>) => () => {
    if (busy !== null) return;
    setBusy(what);
    void work().then((outcome) => {
      setTold(outcome);
      setBusy(null);
    });
  };
  const redeem = (reward: Reward) =>
    doing(reward.id, async () => {
      const used = await redeemInto(host, origin, reward);
      if (used?.rewards) setShown(used.rewards);
      return used?.told ?? null;
    });
  const use = ({ code, refused }: OpenCode) =>
    doing(code, async () => {
      const taken = await applyCode(host, code);
      return { good: taken, text: taken ? shown.words.applied : refused };
    });
  const may = mayAddCodes(host);
  return (
    <s-section heading={shown.title}>
      <s-stack gap="base">
        {told && <s-banner tone={told.good ? 'success' : 'warning'}>{told.text}</s-banner>}
        <s-text>{shown.balance}</s-text>
        {may &&
          codesLeft(host, shown.codes).map((one) => (
            <Row
              key={one.code}
              title={one.title}
              terms={one.code}
              label={one.label}
              busy={busy === one.code}
              onUse={use(one)}
            >
              {shown.words.use}
            </Row>
          ))}
        {may &&
          shown.rewards.map((one) => (
            <Row
              key={one.id}
              title={one.title}
              terms={one.terms}
              label={one.label}
              busy={busy === one.id}
              onUse={isReached(host, one) ? redeem(one) : null}
            >
              {shown.words.redeem}
            </Row>
          ))}
      </s-stack>
    </s-section>
  );
}

function Row(row: {
  title: string;
  terms: string;
  label: string;
  busy: boolean;
  onUse: (() => void) | null;
  children: string;
}) {
  return (
    <s-grid gridTemplateColumns="1fr auto" gap="base" alignItems="center">
      <s-stack gap="none">
        <s-text>{row.title}</s-text>
        <s-text color="subdued">{row.terms}</s-text>
      </s-stack>
      {row.onUse && (
        <s-button variant="secondary" accessibilityLabel={row.label} loading={row.busy} onClick={row.onUse}>
          {row.children}
        </s-button>
      )}
    </s-grid>
  );
}
