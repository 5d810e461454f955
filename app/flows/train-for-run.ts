import { z } from 'zod';
import type { Run, RunProgress } from '#app/domains/activity/index.ts';
import { trainRecommendations, TrainingSuperseded } from '#app/domains/recommendations/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueFreshening } from './enqueue-freshening.ts';
import { startRun } from './start-run.ts';
import { percentAfterCounting } from './training-progress.ts';

const cursorSchema = z.object({ version: z.number().int().nullable().default(null) });

/** The version that a run trains in chunks; null before it is prepared, and for a training in one go. */
export const versionOf = (run: Run): number | null => cursorSchema.parse(run.cursor).version;

/** The training itself and what follows it. @param prepared the version whose chunks are counted */
export async function trainForRun(
  services: Services,
  shopId: ShopId,
  progress: RunProgress,
  signal: AbortSignal,
  prepared?: number,
): Promise<Record<string, unknown>> {
  try {
    const { version, report, lists, seconds } = await trainRecommendations(
      services,
      shopId,
      ({ stage, done, total }) =>
        progress.report(stage, prepared === undefined ? done : percentAfterCounting(done), total),
      signal,
      prepared,
    );
    await startRun(services, shopId, 'publish');
    // What was ordered while it trained.
    await enqueueFreshening(services, shopId);
    return { version, report, lists, seconds };
  } catch (error) {
    // A newer training of the same shop does the work: nothing is lost and nothing failed.
    if (error instanceof TrainingSuperseded) return { superseded: true };
    throw error;
  }
}
