import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

const nameOf = (task: TestCase | TestSuite): string => `${task.module.relativeModuleId} > ${task.fullName}`

function countTests(module: TestModule, counts: Counts): void {
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    counts[state === 'pending' ? 'failed' : state] += 1
  }
  // A file or a suite that fails in its own right, before a test of it ran, is a failure too.
  for (const task of [module, ...module.children.allSuites()]) counts.failed += task.errors().length > 0 ? 1 : 0
}

/** The outermost suites and tests that were left out, each with the reason that it gives. */
function leftOut(tasks: Iterable<TestCase | TestSuite>): readonly string[] {
  return [...tasks].flatMap((task) => {
    const reason = task.meta().notRun
    if (reason !== undefined) return [`${nameOf(task)}: ${reason}`]
    if (task.type === 'suite')
      return task.errors()[0] === undefined ? leftOut(task.children) : [`${nameOf(task)}: ${task.errors()[0]?.message}`]
    const result = task.result()
    return result.state === 'skipped' ? [`${nameOf(task)}: ${result.note ?? 'no reason given'}`] : []
  })
}

/** Closes a run with what did not run, by name, and one plain line of figures that any machine can read. */
export default class SummaryReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 }
    for (const module of modules) countTests(module, counts)
    // With a name given, everything else is left out on purpose.
    const named = this.#vitest?.config.testNamePattern !== undefined
    const missing = named ? [] : modules.flatMap((module) => leftOut(module.children))
    if (missing.length > 0) process.stdout.write(`Not run:\n${missing.map((line) => `  ${line}\n`).join('')}`)
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  }
}
