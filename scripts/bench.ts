import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * `npm run bench`: every benchmark in turn, each table into its section of docs/benchmarks.md.
 * `npm run bench -- NAME`: one of them, its section alone.
 */
const root = path.resolve(import.meta.dirname, '..');
const document = path.join(root, 'docs/benchmarks.md');
const benches = [
  'storefront-json',
  'intake',
  'subscribers',
  'import',
  'shop-import',
  'large-catalog',
  'training',
  'training-growth',
  'quality',
  'serving',
  'function-cost',
  'storefront-pages',
  'miner',
  'segments',
  'ledger',
  'codes',
] as const;
type Bench = (typeof benches)[number];
const isBench = (name: string): name is Bench => (benches as readonly string[]).includes(name);

/** What each figure means and what limits it: the words around the tables. */
const words: Readonly<Record<Bench, { title: string; text: string }>> = {
  'storefront-json': {
    title: 'Storefront JSON',
    text: `\`GET /proxy/cart\` for 1,000 carts, each query with a valid app-proxy signature that is verified on every request, against a server of \`node:http\` alone that looks the same bytes up in a Map. 16 connections, five rounds in turn after a warm-up; the ratio is the median of the rounds. p99 is that of an open loop: an answer's time counts from the moment at which its request was due.

What limits it: our own code takes about 9 µs a request in a tight loop, more than half of it for the HMAC and its message, and several times that between system calls, where the processor's caches hold other things; the rest is Node's HTTP and the system call that sends. A cart that is known is answered in Node's listener before the router (\`app/http/cart-upsell.ts\`); the route answers everything else by the same rules.`,
  },
  intake: {
    title: 'Webhook intake',
    text: `Both platforms in turn. \`POST /webhooks\` (WooCommerce: \`/webhooks/woocommerce/…\`) with order payloads of 4 kB, all of them new, against a server of \`node:http\` alone that verifies the HMAC and does one INSERT of the same body; PostgreSQL writes durably (fsync) for both. 16 connections, five rounds in turn.

**Sustained** is not chosen but measured: the rate at which one worker process applies deliveries of one shop while thousands wait. More than that cannot last, however quickly they are taken. The burst is ten times that rate, or six tenths of the greatest rate at which this machine takes deliveries where that is less, in an open loop; afterwards the rows of the inbox are counted against the answers.

The second table says where the time of that one worker goes: what it waits for the database, by the purpose of each statement (up to a hundred deliveries share one), and its own processor time. Without the queue, which polls beside it. Measured after 400 deliveries and with the statistics of the tables that autovacuum gathers within a minute.

What limits it: taking is limited by the database's commits, which deliveries that arrive together share (group commit), so that it can exceed one INSERT each. Applying is limited by what the rows themselves cost the database, above all the lines of orders, and by reading payloads; one shop's deliveries are applied by one process, shops side by side in any number of worker processes.`,
  },
  subscribers: {
    title: 'An order through all subscribers',
    text: `Shopify's \`orders/create\` with new orders of twelve lines (4 kB) in a shop of 5,000 customers, most of whom have bought before, and whose lists were learnt from that: one worker process applies them for half a minute while thousands wait. First with nothing switched on, then with a loyalty programme of three tiers, referrals (every tenth order is a friend's first), six segments of the merchant and four personal offers. PostgreSQL writes durably (fsync).

The second table says where the time goes: what the process waits for the database, by the purpose of each statement (up to a hundred orders share one), and its own processor time. Offers are decided, referrals judged, codes made and lists brought up to date (every fifteen seconds, which is part of *order lines*, *recommendation* and *voices*) in the same process meanwhile, on connections of their own, so that the waits together are more than the time from one order to the next. Measured after 400 orders and with the statistics of the tables that autovacuum gathers within a minute: a database that has never counted its new tables takes some joins the wrong way round, and a shop's first minute is half as fast.`,
  },
  import: {
    title: 'Import',
    text: `20,000 orders with three lines each through \`upsertOrders\` in batches of 500, row-level security on, each batch committed, against one \`COPY\` for each table of the very same rows by the superuser. Five rounds in turn, tables emptied before each.

The second row begins with the text of WooCommerce's REST pages of 100 orders: parsing, checking and mapping one batch goes on while the database stores the one before, as in the import itself.

What limits it: looking for conflicts, checking the tenant of each row, JSON into rows, and a commit for every batch so that a killed import goes on where it was. COPY does none of these.`,
  },
  'shop-import': {
    title: 'Import of a whole shop',
    text: `The real order file through the whole way of a merchant's first import: bulk operations of the sandbox store, download, parsing, batches into PostgreSQL, one worker process. WooCommerce has no bulk operation: its lists are read page by page over REST, the next page while one is stored, and the sandbox store, which makes every page when it is asked, shares the processors.`,
  },
  'large-catalog': {
    title: 'A store of 60,000 products',
    text: `A made-up WooCommerce store, from connecting over import and training to the last product page that was told its lists, one worker process. Sandbox store, PostgreSQL and worker share the processors. Memory is the most that the worker process has held until then.`,
  },
  training: {
    title: 'Training',
    text: `Recommendations for the largest history in \`../shared/data\`, each work in a process of its own, seven rounds in turn, against a loop over typed arrays that only enumerates all pairs of products bought together, and against scikit-learn and NumPy where a Python here has them. Reading and parsing the file is in the peak memory, not in the seconds.

What limits it: half of n³ multiplications for the inverse of the linear model (32-bit floats, WebAssembly SIMD with a multiplication and an addition in one instruction, all cores), where n counts the products without the least bought ones, which together make at most one line in a hundred; and the 600 questions to the past that teach the blend, whose row sums, logarithms and Newton steps run in WebAssembly as well; each is asked of what was counted before the latest orders, taken out again rather than counted anew, with a second, smaller inverse. How that stands against NumPy depends on the processor: OpenBLAS takes vectors of 512 bits where there are any, WebAssembly has 128. On an Intel Xeon with such vectors the whole training took 0.96 of the time of dense EASE on 2026-11-22, before the blend learnt in the order of time; there it was not measured again.`,
  },
  'training-growth': {
    title: 'Training, growth',
    text: `Generated orders of four lines. Counting grows with the co-purchased pairs; the linear model with the cube of the products that have a row in it: all but the least bought of a catalogue of up to 8,000, of a larger one the 4,096 most bought, so that beyond 8,000 products it takes the same whatever the catalogue's size (the rows of 8,000 and 8,001 products stand on either side of that); the blend with the products times at most 600 past orders. A basket of more than 400 lines makes the pairs of 400 of them, spread evenly. \`npm run bench -- training-growth all\` adds three and ten million orders, \`npm run bench -- training-growth 20000 9000\` is one size alone.`,
  },
  quality: {
    title: 'Quality of the suggestions',
    text: `The protocol of \`../shared/data/README.md\` (\`split.py\`, \`npm run recommend\`, \`score.py\`) on the whole history and on the first 20 % of its days, against the best baseline listed there. One configuration for all. The last row is a shop whose first 50 orders are all that is known: each of the next thousand baskets with two products or more of those sold by then is asked for one that was hidden, and what a shop shows without an engine is asked for the same.`,
  },
  serving: {
    title: 'Cart answers of a large shop',
    text: `\`GET /proxy/cart\` in a shop of 100,000 products, 500 requests a second in an open loop, the server bound to one core (load generator and PostgreSQL on the other where there is one), three rounds of three seconds; the figure is the median of the rounds. The first row begins with the start of the process, which has nothing in memory then; before the others it has answered carts never asked about for forty seconds and read ahead of them. That goes on for about a minute in a shop of this size, beside the answers. Products are drawn evenly, which no real shop's are: what is asked for again sooner is in memory more often. The load generator issues requests once a millisecond; what it is late by counts as time of the answer. On an AMD EPYC, which takes half the processor time for an answer, the rows but the first had a p99 of 1.8 to 4.5 ms (2026-11-21).

Of customers who are signed in, 5,000 have bought six times, and 128 products are kept of which their past says something. \`npm run bench -- serving 1 5 5000\` tries it: one round, five seconds after the start, 5,000 products.

What limits it: once everything is in memory, Node's HTTP and the signature take nearly half of an answer for a cart never asked about, ranking a quarter (a dozen logarithms for each of some 150 candidates), the rest is the texts of the four products shown. A visitor who was not seen for a minute costs a round trip to the database, which runs beside what the cart needs, and forty products are held against what they are after; beside each of the 100,000 products twelve others are looked at.`,
  },
  'function-cost': {
    title: 'Discount Function',
    text: `WebAssembly instructions of one run in a bare engine, counted, not timed: the Function's own, and, where the file of Shopify's implementation of its API is given (\`npm run bench -- function-cost shopify_function_v2.wasm\`), what reading the input and writing the output takes. The limit is that of shopify.dev for carts of up to 200 lines; the carts from "separate sets" to "seven kinds" have 200 lines and 50 offers, those after them 200 lines and as many offers as six configurations hold. The Function's own share of every cart of 50 offers is below a fifth (18 % at most, for boxes in many sizes that share their products; 5 to 17 % for the others); with the API's part nearly three fifths of the limit are left. With as many offers as six configurations hold it is at most 41 %, with the API's part 65 %. As JavaScript the same carts took 3 to 26 times the limit.`,
  },
  'storefront-pages': {
    title: 'Storefront pages',
    text: `The same pages of the sandbox's storefront with every block on and with every block off, in turn, in Chromium under Lighthouse's mobile conditions (4 × slower processor, 150 ms round trips, 1.6 Mbit/s): the least of the rounds' times and the most of their layout shifts. The score is computed from these by Lighthouse's published curves and weights, without the speed index.

Lighthouse 13.5 itself, which is no dependency of ours, was run over the same pages on 2026-11-23 (mobile defaults, simulated throttling, a product in the cart, consent asked and consent given, median of three runs each, busy machine): 100 on every page with every block on and with every block off, single runs 98 to 100 on either side, layout shift 0.0000, largest paint 1.1 to 1.4 s with the blocks and 0.9 to 1.1 s without.

The sandbox theme's own header comes in pieces and moves, with our blocks and without them. Nothing of ours stands in it or above it, so what moved inside it alone is told in a column of its own and is in neither layout shift nor score; a shift in which anything else moved as well counts whole.`,
  },
  miner: {
    title: 'Bundle miner',
    text: `The largest history in \`../shared/data\`, from order lines in memory to the list that a merchant sees: pairs, quantities and alternatives found, each tried at six prices against the margin guard's worst stack: a code of the store, a reward, a personal offer and a tier's free shipping, all of which may stand together here. Costs are unknown to the file, so the default margin of 50 % is assumed.

What limits it: the worst stack, in which every set of discounts that may stand together is priced by the rules of the checkout, for six prices of each idea; and counting pairs, which grows with the products of a basket.`,
  },
  segments: {
    title: 'Segments',
    text: `A shop with a million buyers, made up: all of them scored, grouped and compared with the night before in one statement, with durable PostgreSQL on the same processors. What limits it: all orders gathered by customer, each buyer's three places looked up among the sorted numbers of all, and a written row for everybody the first time, later for those whose scores or orders changed. PostgreSQL takes some 300 MB for it meanwhile.

The second shop is one where most buy without an account: whose each such order is, is looked up among the keys of mailboxes, by one pass over them in the order of their index.`,
  },
  ledger: {
    title: 'Ledger',
    text: `Earnings of 8 writers, first each in a database transaction of its own, then a hundred in one, as the orders of webhooks are applied: the customer's account locked, its lots read, the transaction, its postings and a lot written, the balances kept and the whole checked by the database, row-level security on. Against INSERTs of the same rows of transaction, lot and postings, in the same transactions, into tables with the same keys, indexes and rows but without triggers. Five rounds in turn, a million postings of 50,000 customers in both before.

What limits it: one by one, the round trips of a transaction and what Prisma does around them, then the guards that the bare rows do without: no customer is read there, no source compared, no balance kept. A hundred together need as many round trips as one.`,
  },
  codes: {
    title: 'Codes of one personal offer',
    text: `A personal offer goes live for everybody in a group at once: each gets a code of their own that works once, made in the pretend store (250 in a call at Shopify, 100 coupons in a call at WooCommerce) by one worker process, which is killed with kill -9 while it decides, and again when half of the codes are made, and started anew each time. Afterwards the codes of the customers, ours and those that the store itself holds are compared one by one: any that is missing or there twice fails the benchmark. \`npm run bench -- codes 50000 woocommerce\` is one platform at another size. PostgreSQL writes durably (fsync); the store shares the processors.

What limits it: after a kill the queue gives the job to another worker when the dead one's hold on it has run out, a minute, and it was noticed, a quarter of a minute. Making is a call to the store for each batch and two small transactions; a real Shopify takes seconds for each batch where the pretend one takes none.`,
  },
};

let child: ReturnType<typeof spawn> | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    child?.kill('SIGTERM');
    process.exit(130);
  });
}

/** Its output, which also goes to the terminal. */
function run(name: Bench, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [path.join(root, 'bench', `${name}.ts`), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    let output = '';
    started.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
    started.once('error', reject);
    started.once('exit', (code) =>
      code === 0 ? resolve(output.trim()) : reject(new Error(`bench ${name} ended with ${String(code)}`)),
    );
  });
}

const load = (): string =>
  os
    .loadavg()
    .map((one) => one.toFixed(1))
    .join(', ');

/** Runs one benchmark and puts its table in the place of its former one. */
async function measure(name: Bench, args: readonly string[]): Promise<void> {
  const { title, text } = words[name];
  console.log(`\n${title} …`);
  const before = load();
  const table = await run(name, args);
  const [processor] = os.cpus();
  const machine = `${String(os.cpus().length)} × ${processor?.model.trim() ?? 'unknown processor'}, ${String(Math.round(os.totalmem() / 2 ** 30))} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
  const section = `## ${title}\n\n${table}\n\n${text}\n\nMeasured ${new Date().toISOString().slice(0, 10)} on ${machine}; load (1, 5, 15 minutes) ${before} before, ${load()} after.`;
  const former = new Map(
    (await readFile(document, 'utf8'))
      .split(/^(?=## )/m)
      .slice(1)
      .map((one) => [one.slice(3, one.indexOf('\n')), one.trim()]),
  );
  former.set(title, section);
  const measured = benches.map((one) => words[one].title);
  // What was measured where this machine's commands do not reach, such as in a real store, is written by hand.
  const byHand = [...former.keys()].filter((one) => !measured.includes(one));
  const sections = [...measured, ...byHand].flatMap((one) => former.get(one) ?? []);
  await writeFile(document, `${[introduction, ...sections].join('\n\n')}\n`);
}

const introduction = `# Benchmarks

\`npm run bench\` measures everything and writes this page; \`npm run bench -- NAME\` measures one of ${benches.map((one) => `\`${one}\``).join(', ')} and writes its section. Everything runs on this machine alone: servers in processes of their own on 127.0.0.1, a fresh durable PostgreSQL for each benchmark, load generator beside them. So the rates say little about a data centre; the **ratios** are what to read, taken in one run against the least that could do the same work. Load generator, server and PostgreSQL share the processors; where the load is above their number, other programs were running too and single rounds scatter.`;

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name !== undefined && !isBench(name))
    throw new Error(`There is no benchmark called ${name}; there are: ${benches.join(', ')}.`);
  for (const bench of name === undefined ? benches : [name]) await measure(bench, args);
  console.log('\nWritten: docs/benchmarks.md');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
