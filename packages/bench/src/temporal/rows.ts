import pg from 'pg'

/** Rows of a baseline, in a table of its own: what it has to keep, and nothing else. */
export class Rows {
  readonly #pool: pg.Pool

  private constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  static async open(url: string): Promise<Rows> {
    const pool = new pg.Pool({ connectionString: url, max: 16 })
    await pool.query('create table if not exists rows (task text, step integer, body text, primary key (task, step))')
    await pool.query('create table if not exists asked (task text, step integer, body text, primary key (task, step))')
    return new Rows(pool)
  }

  /** Stores a row of a step. */
  async write(task: string, step: number, body: string): Promise<void> {
    await this.#pool.query({
      name: 'write',
      text: 'insert into rows values ($1, $2, $3) on conflict do nothing',
      values: [task, step, body],
    })
  }

  /** Stores a row of a step and what is asked next, in one statement, which is one transaction. */
  async transition(task: string, step: number, body: string, asked: string): Promise<void> {
    await this.#pool.query({
      name: 'transition',
      text: `with sent as (insert into asked values ($1, $2, $4) on conflict do nothing)
        insert into rows values ($1, $2, $3) on conflict do nothing`,
      values: [task, step, body, asked],
    })
  }

  /** Stores what was answered, and that it is not asked any more. */
  async answer(task: string, step: number, body: string): Promise<void> {
    await this.#pool.query({
      name: 'answer',
      text: `with gone as (delete from asked where task = $1 and step = $2)
        insert into rows values ($1, $2 + 1000, $3) on conflict do nothing`,
      values: [task, step, body],
    })
  }
}
