/** A compiled WebAssembly module; only passed on. */
export interface WasmModule {
  readonly kind?: 'compiled'
}

/** A memory of WebAssembly; only passed on. */
export interface WasmMemory {
  readonly kind?: 'memory'
}

interface WebAssemblyGlobal {
  readonly Memory: new (descriptor: { readonly initial: number; readonly maximum: number }) => WasmMemory
  readonly compile: (bytes: Uint8Array) => Promise<WasmModule>
}

/** What is used of WebAssembly. Its types come with those of a browser, which would let a browser's globals compile everywhere. */
export const wasm = (globalThis as unknown as { readonly WebAssembly: WebAssemblyGlobal }).WebAssembly
