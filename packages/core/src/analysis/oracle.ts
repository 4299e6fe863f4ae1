import { RosterError } from '../error/roster-error.ts'

/** The same question always has the same answer between two turns of {@link Oracle.forget}. */
export interface Oracle {
  /** What a guard answers: what it is known to, else one of both, and the other one in another course. */
  ask(question: unknown, known: () => boolean | undefined): boolean
  /** Something was assigned or raised: guards may answer otherwise from here on. */
  forget(): void
}

/** Courses of one macrostep beyond which it is not followed any more. */
const maxCourses = 1024

/** Runs something once for each way in which the guards on its way can answer. Pure: the runs share nothing but what they are given. */
export class Courses implements Oracle {
  #answers: boolean[] = []
  #asked = 0
  readonly #known = new Map<unknown, boolean>()

  ask(question: unknown, known: () => boolean | undefined): boolean {
    const before = this.#known.get(question)
    if (before !== undefined) return before
    const answer = known() ?? this.#choice()
    this.#known.set(question, answer)
    return answer
  }

  forget(): void {
    this.#known.clear()
  }

  /** One after the other; what each run came to. @throws RosterError `analysis-too-large` */
  *of<T>(run: () => T): Generator<T> {
    this.#answers = []
    for (let count = 0; ; count += 1) {
      if (count > maxCourses) throw tooMany()
      this.#asked = 0
      this.#known.clear()
      yield run()
      while (this.#answers.at(-1) === false) this.#answers.pop()
      if (this.#answers.length === 0) return
      this.#answers[this.#answers.length - 1] = false
    }
  }

  #choice(): boolean {
    const answer = this.#answers[this.#asked] ?? true
    this.#answers[this.#asked] = answer
    this.#asked += 1
    return answer
  }
}

function tooMany(): RosterError {
  return new RosterError('analysis-too-large', `one step can take more than ${maxCourses} courses`, {
    hint: 'Divide a state with so many guards, or a parallel state with so many regions.',
  })
}
