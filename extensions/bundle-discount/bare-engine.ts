import type { DeliveryInput, DeliveryResult, FunctionInput, FunctionResult } from './src/input.ts';
import { runCompiled } from './wasm-api.ts';

/**
 * Shopify's limits of one run for carts of up to 200 lines; kB = 1000. Source: shopify.dev, Functions, limitations.
 */
export const functionLimits = {
  inputBytes: 128_000,
  outputBytes: 20_000,
  memoryBytes: 10_000_000,
  moduleBytes: 256_000,
  instructions: 11_000_000,
} as const;

export interface EngineRun<Result> {
  readonly result: Result;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly memoryBytes: number;
  /** what the module exports, as it is after the run */
  readonly exports: WebAssembly.Exports;
}

export interface BareEngine {
  /** @throws when the Function stops early or when a limit of size or memory is exceeded */
  run(input: FunctionInput): EngineRun<FunctionResult>;
  runDelivery(input: DeliveryInput): EngineRun<DeliveryResult>;
}

/** The export of each target, as `shopify.extension.toml` names them. */
export const functionExports = {
  lines: 'cart_lines_discounts_generate_run',
  delivery: 'cart_delivery_options_discounts_generate_run',
} as const;

/** Runs an export of a Function; throws where input, output or memory are more than Shopify allows. */
export function runChecked<Result>(module: WebAssembly.Module, entry: string, input: unknown): EngineRun<Result> {
  const inputBytes = Buffer.byteLength(JSON.stringify(input));
  if (inputBytes > functionLimits.inputBytes) throw new Error(`the input has ${inputBytes} bytes`);
  const { output, memoryBytes, exports } = runCompiled(module, entry, input);
  const outputBytes = Buffer.byteLength(JSON.stringify(output));
  if (outputBytes > functionLimits.outputBytes) throw new Error(`the output has ${outputBytes} bytes`);
  if (memoryBytes > functionLimits.memoryBytes) throw new Error(`the Function took ${memoryBytes} bytes of memory`);
  return { result: output as Result, inputBytes, outputBytes, memoryBytes, exports };
}

/**
 * The compiled Function with nothing around it but a stand-in for Shopify's API: for the sandbox, tests and
 * measurements. Every run starts on a fresh instance, as Shopify's do.
 * @param wasm what `bundleDiscountFunction` returns
 */
export function loadDiscountFunction(wasm: BufferSource): BareEngine {
  const module = new WebAssembly.Module(wasm);
  return {
    run: (input) => runChecked(module, functionExports.lines, input),
    runDelivery: (input) => runChecked(module, functionExports.delivery, input),
  };
}
