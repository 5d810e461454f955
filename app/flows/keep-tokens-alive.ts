import type { JobHandler } from '#app/infra/jobs.ts';

/** Keeps the access to stores that nothing has asked for in a long time. What fails on one platform leaves the others. */
const keepTokensAlive: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const failures: unknown[] = [];
  for (const platform of Object.values(services.platforms)) {
    signal.throwIfAborted();
    await platform?.keepAlive(signal).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'the access to some stores could not be renewed');
};

export default keepTokensAlive;
