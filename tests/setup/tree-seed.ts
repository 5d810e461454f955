import { execFileSync } from 'node:child_process';

/**
 * The seed that tests are shuffled by: one for each committed tree, so that an order in which something fails comes back
 * wherever the same files are tested. Outside a repository the time decides.
 */
export function treeSeed(): number {
  try {
    const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number.parseInt(tree.slice(0, 8), 16);
  } catch {
    return Date.now();
  }
}
