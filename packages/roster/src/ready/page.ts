import { day } from './facts.ts'
import { gapCodes } from './gap.ts'
import type { Readiness } from './readiness.ts'

/** A piece of the page: what both forms are written from. */
type Piece =
  | { readonly kind: 'title' | 'heading' | 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }

/** The page that a person signs, as Markdown. */
export function readinessMarkdown(readiness: Readiness): string {
  return `${piecesOf(readiness).map(asMarkdown).join('\n\n')}\n`
}

/** The same page as HTML, in one file. */
export function readinessHtml(readiness: Readiness): string {
  const style = 'body{font:15px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}'
  const body = piecesOf(readiness).map(asHtml).join('\n')
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(readiness.team)}: readiness</title><style>${style}</style></head>\n<body>\n${body}\n</body></html>\n`
}

function piecesOf({ team, digest, at, facts, gaps, signatures }: Readiness): readonly Piece[] {
  return [
    { kind: 'title', text: `Is ${team} ready?` },
    { kind: 'text', text: `Made on ${day(at)} from its definitions, its policies and its records. Digest ${digest}.` },
    { kind: 'heading', text: gaps.length === 0 ? 'Nothing is open' : `Open: ${gaps.length}` },
    {
      kind: 'list',
      items: gaps.map(({ code, says, mend }) => `${code}. ${gapCodes[code]} ${says}. To mend it: ${mend}`),
    },
    ...facts.flatMap(({ title, lines }): readonly Piece[] => [
      { kind: 'heading', text: title },
      { kind: 'list', items: lines.length === 0 ? ['nothing'] : lines },
    ]),
    { kind: 'heading', text: 'Who answers for it' },
    {
      kind: 'list',
      items:
        signatures.length === 0
          ? ['nobody has signed for this digest']
          : signatures.map(
              ({ person, at: signed, gaps: open, record }) =>
                `${person}, on ${day(signed)}, with ${open.length} open (record ${record})`,
            ),
    },
  ]
}

function asMarkdown(piece: Piece): string {
  if (piece.kind === 'list') return piece.items.map((item) => `- ${oneLine(item)}`).join('\n')
  const marks = { title: '# ', heading: '## ', text: '' }
  return `${marks[piece.kind]}${oneLine(piece.text)}`
}

function asHtml(piece: Piece): string {
  if (piece.kind === 'list') return `<ul>${piece.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
  const tag = { title: 'h1', heading: 'h2', text: 'p' }[piece.kind]
  return `<${tag}>${escaped(piece.text)}</${tag}>`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

/** Names come from outside: none of them is markup. */
function escaped(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
