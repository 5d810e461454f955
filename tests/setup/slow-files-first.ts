import { createHash } from 'node:crypto';
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take ten seconds and more: what begins last must be short, or one core waits for it alone. */
const slow = [
  'tests/chaos/',
  'tests/integration/tenants/routes.test.ts',
  'tests/integration/recommendations/chunked-',
  'tests/integration/recommendations/freshening.test.ts',
  'tests/integration/workers/shutdown.test.ts',
  'tests/integration/order-files/',
  'tests/integration/platforms/',
  'tests/integration/experiments/',
  'tests/conformance/',
];

/** The files in an order that the seed of the run decides, the slow ones before all others. */
export class SlowFilesFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root, sequence } = this.ctx.config;
    const keyed = files.map((file) => {
      const name = path.relative(root, file.moduleId).replaceAll(path.sep, '/');
      const rank = createHash('sha256')
        .update(`${String(sequence.seed)} ${name}`)
        .digest('hex');
      return { file, key: `${slow.some((start) => name.startsWith(start)) ? '0' : '1'}${rank}` };
    });
    return Promise.resolve(keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ file }) => file));
  }
}
