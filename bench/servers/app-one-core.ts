import { bindToCores } from '../lib/cores.ts';

// The load comes from the others.
bindToCores('0');
await import('./app.ts');
