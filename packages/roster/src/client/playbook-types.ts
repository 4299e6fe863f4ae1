import type { OutputOf } from '@roster/core'

import type { PlaybookOf } from '../author/playbook.ts'
import type { TeamOf } from '../author/team.ts'

/** Names of a team's playbooks. */
export type NamesOf<T extends TeamOf> = T['source']['playbooks'][number]['name']

type Named<T extends TeamOf, Name extends string> = Extract<T['source']['playbooks'][number], { readonly name: Name }>

/** What a playbook of a team takes. */
export type InputOf<T extends TeamOf, Name extends string> =
  Named<T, Name> extends PlaybookOf<string, infer I> ? OutputOf<I> : never

/** What a playbook of a team puts out. */
export type ResultOf<T extends TeamOf, Name extends string> =
  Named<T, Name> extends PlaybookOf<string, infer _, infer O> ? OutputOf<O> : never
