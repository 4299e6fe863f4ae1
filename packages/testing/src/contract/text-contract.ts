import { canonical } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { newMessage } from '../pending/new-pending.ts'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** What models and people write. Canonical JSON escapes control characters, so no store has to keep a raw NUL. */
const texts: readonly (readonly [string, string])[] = [
  ['quotes', `'; drop table records; -- "double" \`back\` $$ $1 \${x} %s`],
  ['backslashes', String.raw`\ \\ \u0041 \' \x00 C:\new\table`],
  ['a NUL, which JSON escapes', 'before\u0000after'],
  ['control characters', '\u0001\b\t\n\v\f\r\u001f\u007f\u0085\u2028\u2029'],
  ['characters of 4 bytes', '😀 👩‍👩‍👧‍👦 𝒳 \u{10FFFF}'],
  ['other scripts and combining marks', 'Grüße, 日本語, עברית, é as e\u0301, \uFEFF'],
  ['commas and braces of array syntax', '{a,"b",NULL,{}}'],
  ['nothing but space', '  \t '],
  ['an empty text', ''],
]

/** Texts come back as they went in, byte for byte. */
export function textContract(open: OpenStore): void {
  describe('text', () => {
    it.each(texts)(
      'comes back unchanged in records, pending rows, answers, snapshots, blobs and read models: %s',
      async (_, text) => {
        await using scene = await Scene.open(open)
        const json = canonical({ text })
        const request = scene.request({ body: { payload: { text } }, pending: [newMessage('m', { body: json })] })
        await scene.stored(request)
        expect(await scene.store.read('acme/agent/ada')).toEqual([{ ...request.record, position: 1 }])
        expect((await scene.store.pendingOf('acme/agent/ada'))[0]?.body).toBe(json)

        const acceptance = { client: 'client/test', key: 'k', answer: json, pending: [] }
        expect(await scene.store.accept(acceptance)).toEqual({ kind: 'accepted', answer: json })
        expect(await scene.store.accept(acceptance)).toEqual({ kind: 'duplicate', answer: json })

        await scene.store.saveSnapshot('acme/agent/ada', 1, json)
        expect(await scene.store.loadSnapshot('acme/agent/ada')).toEqual({ version: 1, state: json })
        expect(await scene.store.getBlob(await scene.store.putBlob(json))).toBe(json)

        await scene.store.catchUp({
          name: 'texts',
          version: 1,
          keys: () => ['k'],
          apply: (_record, view) => view.put('k', json),
        })
        expect(await scene.store.rows('texts')).toEqual([{ key: 'k', value: json }])
      },
    )

    it('comes back unchanged when a body has 1 MB', async () => {
      await using scene = await Scene.open(open)
      const request = scene.request({ body: { payload: '"€😀\\'.repeat(100_000) } })
      expect(Buffer.byteLength(request.record.body)).toBeGreaterThan(1_000_000)
      await scene.stored(request, scene.request({ stream: 'acme/agent/bob' }))
      expect(await scene.store.readRecord(request.record.id)).toEqual({ ...request.record, position: 1 })
    })
  })

  describe('ids', () => {
    const odd = [
      `o'brien`,
      '"quoted"',
      String.raw`back\slash`,
      'with space',
      'a,b{c}',
      '100%_sure',
      'éa',
      'e\u0301a',
      '日本',
      '😀',
      'NULL',
      '$1',
      '--',
    ]

    it.each(odd)('may have odd characters: %s', async (name) => {
      await using scene = await Scene.open(open)
      const stream = `acme/agent/${name}`
      await scene.bring(newMessage(name, { stream, type: name, sender: `client/${name}` }))
      const request = scene.request({
        stream,
        correlationId: name,
        cause: { id: name },
        envelope: { id: name },
        pending: [newMessage(`2 ${name}`, { stream })],
      })
      await scene.stored(request)
      const stored = [{ ...request.record, position: 1 }]
      expect([
        await scene.store.read(stream),
        await scene.store.readCorrelated(name),
        [await scene.store.readRecord(name)],
      ]).toEqual([stored, stored, stored])
      expect(await scene.pendingIds(stream)).toEqual([`2 ${name}`])
      expect([...(await scene.store.countAttempts([`2 ${name}`]))]).toEqual([[`2 ${name}`, 1]])
      expect(await scene.append(request)).toEqual([{ kind: 'duplicate', version: 1 }])
    })

    it('are told apart by every character, case and accent', async () => {
      await using scene = await Scene.open(open)
      const names = [...odd, 'NULL ', 'null', 'Éa', '']
      await scene.stored(
        ...names.map((name) => scene.request({ stream: `acme/agent/${name}`, envelope: { id: `id ${name}` } })),
      )
      for (const name of names) {
        expect((await scene.store.read(`acme/agent/${name}`)).map(({ id }) => id)).toEqual([`id ${name}`])
      }
    })
  })
}
