import { isRouteErrorResponse, useRouteError } from '@remix-run/react';
import { Banner, BlockStack, Page, Text } from '@shopify/polaris';

const advice: Readonly<Record<number, { title: string; text: string }>> = {
  401: { title: 'Your session has ended', text: 'Open Trellis again from the Apps menu of your admin.' },
  403: {
    title: 'Trellis has no access to this store',
    text: 'Open Trellis from the Apps menu and accept the permissions it asks for.',
  },
  404: { title: 'This page does not exist', text: 'It may have been deleted. Choose another page from the menu.' },
};

const ours = {
  title: 'Something went wrong on our side',
  text: 'Nothing of yours was lost. Reload the page in a moment; if it happens again, look at Activity for work that failed.',
};

/** What a merchant sees when a page could not be made: what happened, and what to do next. */
export function ErrorPage() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  // What a loader said for people is better than the usual advice; Remix's own texts begin with "Error:".
  const data: unknown = isRouteErrorResponse(error) ? error.data : null;
  const said = status < 500 && typeof data === 'string' && data !== '' && !data.startsWith('Error:') ? data : null;
  return <ProblemPage status={status} said={said} />;
}

interface ProblemPageProps {
  readonly status: number;
  /** better words than the usual ones of this status */
  readonly said?: string | null;
}

/** A page in the place of one that could not be made. */
export function ProblemPage({ status, said = null }: ProblemPageProps) {
  const usual = advice[status] ?? ours;
  const title = status < 500 && !advice[status] ? 'That did not work' : usual.title;
  return (
    <Page title={title} backAction={{ content: 'Overview', url: '/' }}>
      <Banner
        tone={status === 404 ? 'info' : 'critical'}
        action={{ content: 'Reload the page', onAction: () => window.location.reload() }}
        secondaryAction={{ content: 'Activity', url: '/activity' }}
      >
        <BlockStack gap="200">
          <Text as="p">{said ?? usual.text}</Text>
        </BlockStack>
      </Banner>
    </Page>
  );
}
