/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { type Host, orderIdOf } from './offer.ts';
import { askForPoints, type OrderPoints } from './points.ts';

/** What the order brought in points; guests are invited. Nothing at first and where there is no programme. */
export function Points({ host, origin }: { host: Host; origin: string }) {
  const [points, setPoints] = useState<OrderPoints | null>(null);
  // The order status page may learn its order a moment later, and is drawn again then.
  const order = orderIdOf(host);
  useEffect(() => {
    let latest = true;
    void askForPoints(host, origin).then((answer) => {
      if (latest) setPoints(answer);
    });
    return () => {
      latest = false;
    };
  }, [host, origin, order]);
  if (!points) return null;
  return (
    <s-section heading={points.title}>
      <s-stack gap="base">
        {points.lines.map((line) => (
          <s-text key={line}>{line}</s-text>
        ))}
        <s-button variant="secondary" href={points.link.address}>
          {points.link.text}
        </s-button>
      </s-stack>
    </s-section>
  );
}
