import type { QuickJSContext, QuickJSDeferredPromise, QuickJSHandle } from 'quickjs-emscripten-core'

import type { JsonText } from './json-text.ts'
import { ProgramFailure } from './program-failure.ts'
import type { CellRequest, FromCell, ToCell } from './protocol.ts'

/** The calls of host functions that a program has under way: each is a promise in the program, and a message to the host. */
export class HostCalls {
  readonly #vm: QuickJSContext
  readonly #json: JsonText
  readonly #limits: CellRequest['limits']
  readonly #say: (message: FromCell) => void
  readonly #open = new Map<number, QuickJSDeferredPromise>()
  #made = 0
  #answered: () => void = () => {}

  constructor(vm: QuickJSContext, json: JsonText, limits: CellRequest['limits'], say: (message: FromCell) => void) {
    this.#vm = vm
    this.#json = json
    this.#limits = limits
    this.#say = say
  }

  get open(): number {
    return this.#open.size
  }

  /** The object that the program is given: one function a name, and nothing inherited. */
  object(names: readonly string[]): QuickJSHandle {
    const vm = this.#vm
    const object = vm.newObject(vm.null)
    for (const name of names)
      vm.setProp(
        object,
        name,
        vm.newFunction(name, (input) => this.#call(name, input)),
      )
    return object
  }

  /** Resolves when the next answer has come. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.#answered = resolve))
  }

  /** Hands an answer of the host to the program. */
  take([kind, id, text]: Exclude<ToCell, readonly ['run', CellRequest]>): void {
    const deferred = this.#open.get(id)
    if (deferred === undefined) return
    this.#open.delete(id)
    if (kind === 'answer') deferred.resolve(this.#json.parse(text))
    else deferred.reject(this.#vm.newError(text))
    this.#answered()
  }

  #call(name: string, input: QuickJSHandle | undefined): QuickJSHandle {
    this.#made += 1
    const { hostCalls, hostCallBytes } = this.#limits
    if (this.#made > hostCalls) throw new ProgramFailure('over-limit', `more than ${hostCalls} calls of host functions`)
    const text = input === undefined ? 'null' : this.#json.text(input, hostCallBytes)
    const deferred = this.#vm.newPromise()
    this.#open.set(this.#made, deferred)
    this.#say(['call', this.#made, name, text])
    return deferred.handle
  }
}
