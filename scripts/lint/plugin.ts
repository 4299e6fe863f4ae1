// The rules that oxlint lacks, as a plugin of it: so an editor shows them too.
import { importProblem } from './import-direction.ts'
import { placeOf } from './package-of.ts'

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}
interface Context {
  readonly filename: string
  readonly sourceCode: {
    readonly lines: readonly string[]
    readonly ast: Node
    getAllComments(): readonly (Node & { readonly value: string })[]
  }
  report(problem: { readonly message: string; readonly node: Node }): void
}
type Visitor = Readonly<Record<string, (node: never) => void>>

const WARN_LINES = 200

const pathOf = (context: Context): string => context.filename.replaceAll('\\', '/')

function importDirection(context: Context): Visitor {
  const check = (node: { readonly source: (Node & { readonly value: unknown }) | null }): void => {
    if (typeof node.source?.value !== 'string') return
    const message = importProblem(pathOf(context), node.source.value)
    if (message !== undefined) context.report({ message, node: node.source })
  }
  return {
    ImportDeclaration: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    ImportExpression: check,
  }
}

interface Named {
  readonly name?: string
}
interface Member {
  readonly object: Node & Named
  readonly property: Node & Named
}

const ambientMembers = new Set(['Date.now', 'Math.random', 'crypto.randomUUID', 'performance.now'])

function noAmbient(context: Context): Visitor {
  const place = placeOf(pathOf(context))
  if (place === undefined || place.room !== 'src' || place.kind === 'example') return {}
  const refuse = (node: Node, what: string): void =>
    context.report({
      node,
      message: `${what} is ambient: take the time from a Clock, ids and randomness from an IdSource, so that a replay sees the same.`,
    })
  return {
    MemberExpression: (node: Node & Member) => {
      const name = `${node.object.name}.${node.property.name}`
      if (ambientMembers.has(name)) refuse(node, name)
    },
    NewExpression: (node: Node & { readonly callee: Named; readonly arguments: readonly unknown[] }) => {
      if (node.callee.name === 'Date' && node.arguments.length === 0) refuse(node, 'new Date()')
    },
    ImportSpecifier: (node: Node & { readonly imported: Named }) => {
      if (node.imported.name === 'randomUUID') refuse(node, 'randomUUID')
    },
  }
}

function longFile(context: Context): Visitor {
  return {
    Program: (node: Node) => {
      const { length } = context.sourceCode.lines
      if (length > WARN_LINES)
        context.report({ node, message: `${length} lines: is this still one concept? (400 are an error.)` })
    },
  }
}

function reasonedDisable(context: Context): Visitor {
  return {
    Program: () => {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!/^\s*(ox|es)lint-disable/.test(comment.value)) continue
        if (!/ -- \S/.test(comment.value))
          context.report({
            node: comment,
            message: 'An exception says why: "oxlint-disable-next-line rule -- reason".',
          })
        if (!/lint-disable-(next-)?line/.test(comment.value) && !comment.value.includes('max-lines')) {
          context.report({ node: comment, message: 'An exception is for one line.' })
        }
      }
    },
  }
}

export default {
  meta: { name: 'roster' },
  rules: {
    'import-direction': { create: importDirection },
    'no-ambient': { create: noAmbient },
    'long-file': { create: longFile },
    'reasoned-disable': { create: reasonedDisable },
  },
}
