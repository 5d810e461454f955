import { Link } from '@remix-run/react';
import { Card, Page, Text } from '@shopify/polaris';
import { kindOrder, kindWords } from '../../ui/bundles/kinds.ts';
import { KindDrawing } from './kind-drawing.tsx';

/** What can be offered, each with what it does, an example and a drawing. */
export function StartPage() {
  return (
    <Page
      title="What do you want to offer?"
      subtitle="Choose a kind. You see prices, savings and your margin before anything goes live."
      backAction={{ content: 'Bundles', url: '/bundles' }}
      secondaryActions={[{ content: 'Ideas from your orders', url: '/bundle-ideas' }]}
    >
      <ul className="kind-cards">
        {kindOrder.map((kind) => (
          <li key={kind}>
            <Link to={`/bundles/new?kind=${kind}`} className="kind-card" aria-describedby={`kind-${kind}`}>
              <Card>
                <div className="kind-card-body">
                  <KindDrawing kind={kind} />
                  <Text as="h2" variant="headingMd">
                    {kindWords[kind].name}
                  </Text>
                  <div id={`kind-${kind}`}>
                    <Text as="p">{kindWords[kind].does}</Text>
                    <Text as="p" tone="subdued">
                      {kindWords[kind].example}
                    </Text>
                  </div>
                </div>
              </Card>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
